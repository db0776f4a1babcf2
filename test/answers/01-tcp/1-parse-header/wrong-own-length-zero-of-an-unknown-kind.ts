/**
 * Wrong, own: knows the lengths of the kinds it knows, and trusts all others.
 *
 * Says: "an endless loop"
 * Same as: wrong-own-stays-at-length-zero.ts, which never comes back either
 *
 * @module
 */
export function parseHeader(segment: Uint8Array) {
  const { length } = segment;
  if (length < 20) throw new RangeError(`A header has at least 20 bytes, got ${length}`);
  const view = new DataView(segment.buffer, segment.byteOffset, length);
  const dataOffset = view.getUint8(12) >> 4;
  const end = dataOffset * 4;
  if (dataOffset < 5) throw new RangeError(`The data offset is ${dataOffset}`);
  if (end > length) throw new RangeError(`The data offset is ${dataOffset}, of ${length} bytes`);
  const has = (bit: number) => (view.getUint8(13) & bit) !== 0;
  return {
    sourcePort: view.getUint16(0),
    destinationPort: view.getUint16(2),
    sequenceNumber: view.getUint32(4),
    acknowledgmentNumber: view.getUint32(8),
    flags: {
      cwr: has(0x80),
      ece: has(0x40),
      urg: has(0x20),
      ack: has(0x10),
      psh: has(0x08),
      rst: has(0x04),
      syn: has(0x02),
      fin: has(0x01),
    },
    window: view.getUint16(14),
    checksum: view.getUint16(16),
    urgentPointer: view.getUint16(18),
    options: parseOptions(view, end),
    payloadOffset: end,
  };
}

function parseOptions(view: DataView, end: number) {
  const options: Record<string, unknown> & { others: unknown[] } = {
    sackPermitted: false,
    others: [],
  };
  for (let at = 20; at < end;) {
    const kind = view.getUint8(at);
    if (kind === 0) break;
    if (kind === 1) {
      at += 1;
      continue;
    }
    if (at + 1 === end) throw new RangeError(`Option ${kind} has no length`);
    const length = view.getUint8(at + 1);
    const wanted = { 2: 4, 3: 3, 4: 2, 8: 10 }[kind];
    const isWrong = length === 1 || at + length > end || length !== (wanted ?? length) ||
      kind === 5 && (length === 2 || length % 8 !== 2);
    if (isWrong) throw new RangeError(`Option ${kind} has the length ${length}`);
    if (kind === 2) options.mss = view.getUint16(at + 2);
    else if (kind === 3) options.windowScale = view.getUint8(at + 2);
    else if (kind === 4) options.sackPermitted = true;
    else if (kind === 5) {
      const blocks = [];
      for (let block = at + 2; block < at + length; block += 8) {
        blocks.push({ left: view.getUint32(block), right: view.getUint32(block + 4) });
      }
      options.sack = blocks;
    } else if (kind === 8) {
      options.timestamps = { value: view.getUint32(at + 2), echo: view.getUint32(at + 6) };
    } else {
      const data = new Uint8Array(view.buffer, view.byteOffset).slice(at + 2, at + length);
      options.others.push({ kind, data });
    }
    at += length;
  }
  return options;
}
