/**
 * Right: a class that reads each field when it is asked for it; the options when it is made.
 *
 * Refused by a test that compares the whole result with a plain object, or lists its keys.
 *
 * @module
 */
const names = ["CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"];

class Header {
  readonly #view: DataView;
  readonly options: Options;

  constructor(segment: Uint8Array) {
    this.#view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength);
    if (segment.byteLength < 20) throw new RangeError(`${segment.byteLength} of 20 bytes`);
    const words = this.payloadOffset / 4;
    if (words < 5) throw new RangeError(`data offset ${words}, wanted 5 or more`);
    if (this.payloadOffset > segment.byteLength) throw new RangeError(`data offset ${words}`);
    this.options = new Options(segment.subarray(20, this.payloadOffset));
  }

  get sourcePort(): number {
    return this.#view.getUint16(0);
  }

  get destinationPort(): number {
    return this.#view.getUint16(2);
  }

  get sequenceNumber(): number {
    return this.#view.getUint32(4);
  }

  get acknowledgmentNumber(): number {
    return this.#view.getUint32(8);
  }

  get payloadOffset(): number {
    return (this.#view.getUint8(12) & 0xf0) >>> 2;
  }

  get flags(): Record<string, boolean> {
    const byte = this.#view.getUint8(13);
    return Object.fromEntries(names.map((name, i) => [name.toLowerCase(), !!(byte >> 7 - i & 1)]));
  }

  get window(): number {
    return this.#view.getUint16(14);
  }

  get checksum(): number {
    return this.#view.getUint16(16);
  }

  get urgentPointer(): number {
    return this.#view.getUint16(18);
  }
}

class Options {
  readonly mss: number | undefined;
  readonly windowScale: number | undefined;
  readonly sackPermitted: boolean;
  readonly sack: { left: number; right: number }[] | undefined;
  readonly timestamps: { value: number; echo: number } | undefined;
  readonly others: { kind: number; data: Uint8Array }[] = [];

  constructor(bytes: Uint8Array) {
    const all = [...triples(bytes)];
    const view = (kind: number, lengths: number[]) => {
      const data = all.find((it) => it.kind === kind)?.data;
      if (data && !lengths.includes(data.length)) {
        throw new RangeError(`option ${kind} with the length ${data.length + 2}`);
      }
      return data && new DataView(data.buffer, data.byteOffset, data.length);
    };
    this.mss = view(2, [2])?.getUint16(0);
    this.windowScale = view(3, [1])?.getUint8(0);
    this.sackPermitted = view(4, [0]) !== undefined;
    const sack = view(5, [8, 16, 24, 32]);
    if (sack) {
      this.sack = [0, 8, 16, 24].filter((at) => at < sack.byteLength)
        .map((at) => ({ left: sack.getUint32(at), right: sack.getUint32(at + 4) }));
    }
    const clocks = view(8, [8]);
    this.timestamps = clocks && { value: clocks.getUint32(0), echo: clocks.getUint32(4) };
    this.others = all.filter(({ kind }) => ![2, 3, 4, 5, 8].includes(kind));
  }
}

/** Kind by kind, with the data of each. */
function* triples(bytes: Uint8Array): Generator<{ kind: number; data: Uint8Array }> {
  for (let at = 0; at < bytes.length && bytes[at] !== 0;) {
    const kind = bytes[at]!;
    if (kind === 1) {
      at++;
      continue;
    }
    const length = bytes[at + 1];
    if (length === undefined) throw new RangeError(`option ${kind}, then nothing`);
    if (length < 2) throw new RangeError(`option ${kind} with the length ${length}`);
    if (length > bytes.length - at) throw new RangeError(`option ${kind} of ${length} bytes`);
    yield { kind, data: bytes.subarray(at + 2, at + length) };
    at += length;
  }
}

export function parseHeader(segment: Uint8Array): Header {
  return new Header(segment);
}
