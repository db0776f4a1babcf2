/**
 * Right: a class that keeps the header's bytes and reads each field when it is asked for it.
 *
 * Refused by a test that compares with a plain object, lists keys, or wants the Uint8Array of a
 * device to be the same one each time.
 *
 * @module
 */
interface Header {
  signalDbm: number;
  payloadBytes: number;
  altitudeCm: number;
  timeNs: bigint;
  driftNs: bigint;
  celsius: number;
  device: Uint8Array;
  name: string;
}

const noLimits = { fatal: true, ignoreBOM: true };

/** A header as it travels. */
class Packed {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  readonly name: string;

  /** Copies the header out of the bytes. */
  constructor(bytes: Uint8Array) {
    const nameBytes = bytes.length < 38 ? Infinity : bytes[37]!;
    const length = 38 + nameBytes;
    if (bytes.length < length) throw new RangeError(`${bytes.length} bytes are too few`);
    this.bytes = new Uint8Array(length);
    this.bytes.set(bytes.subarray(0, length));
    this.#view = new DataView(this.bytes.buffer);
    if (this.headerBytes !== length) {
      throw new RangeError(`It says that it has ${this.headerBytes}`);
    }
    this.name = new TextDecoder("utf-8", noLimits).decode(this.bytes.subarray(38));
  }

  get headerBytes(): number {
    return this.#view.getUint16(0);
  }

  get signalDbm(): number {
    return this.#view.getInt8(2);
  }

  get payloadBytes(): number {
    return this.#view.getUint32(3);
  }

  get altitudeCm(): number {
    return this.#view.getInt32(7);
  }

  get timeNs(): bigint {
    return this.#view.getBigUint64(11);
  }

  get driftNs(): bigint {
    return this.#view.getBigInt64(19);
  }

  get celsius(): number {
    return this.#view.getFloat32(27);
  }

  get device(): Uint8Array {
    return this.bytes.slice(31, 37);
  }
}

export function unpackHeader(bytes: Uint8Array): Packed {
  return new Packed(bytes);
}

/** Writes whatever it is given, and then looks whether the same comes back. */
export function packHeader(header: Header): Uint8Array {
  const name = new TextEncoder().encode(header.name);
  const bytes = new Uint8Array(38 + name.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, bytes.length);
  view.setInt8(2, header.signalDbm);
  view.setUint32(3, header.payloadBytes);
  view.setInt32(7, header.altitudeCm);
  view.setBigUint64(11, header.timeNs);
  view.setBigInt64(19, header.driftNs);
  view.setFloat32(27, header.celsius);
  bytes.set(header.device.subarray(0, 6), 31);
  view.setUint8(37, name.length);
  bytes.set(name, 38);
  const packed = unpackHeader(bytes);
  const same = (["signalDbm", "payloadBytes", "altitudeCm", "timeNs", "driftNs", "name"] as const)
    .every((field) => packed[field] === header[field]);
  const isFinite = Number.isFinite(packed.celsius) === Number.isFinite(header.celsius);
  if (!same || !isFinite || header.device.length !== 6) throw new RangeError("It does not fit");
  return bytes;
}
