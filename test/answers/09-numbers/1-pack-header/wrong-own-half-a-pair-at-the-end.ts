/**
 * Wrong, own: looks for half of a surrogate pair at the end of a text only.
 *
 * Says: "half of a surrogate pair has no bytes in UTF-8"
 *
 * @module
 */
/** What a weather station says before its data. */
export interface Header {
  /** how strong its radio is heard, -128 to 127 */
  signalDbm: number;
  /** how many bytes of data follow the header, which is not counted: 0 to 4,294,967,295 */
  payloadBytes: number;
  /** how high it stands above the sea, -2,147,483,648 to 2,147,483,647 */
  altitudeCm: number;
  /** nanoseconds since the beginning of 1970, 0 to 2 ** 64 - 1 */
  timeNs: bigint;
  /** how fast its clock is, or when below zero how slow, -(2 ** 63) to 2 ** 63 - 1 */
  driftNs: bigint;
  /** any number; when packed it becomes the nearest that 32 bits can hold */
  celsius: number;
  /** six bytes that its maker gave it */
  device: Uint8Array;
  /** any text of at most 255 bytes in UTF-8 */
  name: string;
}

/** A header that was read. */
export interface UnpackedHeader extends Header {
  /** how many bytes it had: the data begin behind them */
  headerBytes: number;
}

/** How long a header is without its name, in bytes. */
const fixedBytes = 38;

/** Where two of its fields are. */
const deviceOffset = 31;
const nameLengthOffset = 37;

/** What does not fit a field is refused: the methods of a DataView would cut it down to size. */
function whole<T extends number | bigint>(field: string, value: T, least: T, most: T): T {
  if ((typeof value === "bigint" || Number.isInteger(value)) && value >= least && value <= most) {
    return value;
  }
  throw new RangeError(`${field} is a whole number from ${least} to ${most}, got ${value}`);
}

function float32(field: string, value: number): number {
  if (!Number.isFinite(value) || Number.isFinite(Math.fround(value))) return value;
  throw new RangeError(`${field} is a number of 32 bits, got ${value}`);
}

function utf8(field: string, text: string, mostBytes: number): Uint8Array {
  // TextEncoder would put U+FFFD in the place of half a pair.
  if (/[\ud800-\udbff]$/.test(text)) throw new TypeError(`${field} holds half of a surrogate pair`);
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= mostBytes) return bytes;
  throw new RangeError(`${field} has at most ${mostBytes} bytes, got ${bytes.length}`);
}

/**
 * Writes a header as bytes.
 *
 * @param header What to write; it is not changed
 * @returns 38 bytes and those of the name, in memory that no later call writes to
 * @throws {Error} When a number is not whole that has to be, when one does not fit its field, when
 * `celsius` is finite and 32 bits could only hold it as infinite, when `device` has not six bytes,
 * and when `name` has more than 255 bytes, or holds half of a surrogate pair, for which UTF-8 has
 * no bytes
 */
export function packHeader(header: Header): Uint8Array {
  const { device } = header;
  if (device.length !== 6) throw new RangeError(`A device has 6 bytes, got ${device.length}`);
  const name = utf8("A name", header.name, 255);
  const bytes = new Uint8Array(fixedBytes + name.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, bytes.length);
  view.setInt8(2, whole("signalDbm", header.signalDbm, -128, 127));
  view.setUint32(3, whole("payloadBytes", header.payloadBytes, 0, 2 ** 32 - 1));
  view.setInt32(7, whole("altitudeCm", header.altitudeCm, -(2 ** 31), 2 ** 31 - 1));
  view.setBigUint64(11, whole("timeNs", header.timeNs, 0n, 2n ** 64n - 1n));
  view.setBigInt64(19, whole("driftNs", header.driftNs, -(2n ** 63n), 2n ** 63n - 1n));
  view.setFloat32(27, float32("celsius", header.celsius));
  bytes.set(device, deviceOffset);
  view.setUint8(nameLengthOffset, name.length);
  bytes.set(name, fixedBytes);
  return bytes;
}

/**
 * Reads the header that some bytes begin with.
 *
 * @param bytes The header, and behind it whatever there is, which is nobody's business here; may be
 * a part of a larger buffer; not changed
 * @returns What it says, in memory of its own: whoever reuses that of `bytes` changes nothing in it
 * @throws {Error} When there are fewer than 38 bytes, or fewer than the header has; when its first
 * field is not the length that the name gives it; when the name is no UTF-8
 */
export function unpackHeader(bytes: Uint8Array): UnpackedHeader {
  if (bytes.length < fixedBytes) {
    throw new RangeError(`A header has at least ${fixedBytes} bytes, got ${bytes.length}`);
  }
  // The bytes' own part of the memory: their buffer may begin before them and end behind them.
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getUint16(0);
  const nameBytes = view.getUint8(nameLengthOffset);
  if (headerBytes !== fixedBytes + nameBytes) {
    throw new RangeError(`A header of ${headerBytes} bytes has no name of ${nameBytes}`);
  }
  if (bytes.length < headerBytes) {
    throw new RangeError(`This header has ${headerBytes} bytes, got ${bytes.length}`);
  }
  // A byte order mark would be dropped without a word, if ignoreBOM did not say that it is text.
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return {
    headerBytes,
    signalDbm: view.getInt8(2),
    payloadBytes: view.getUint32(3),
    altitudeCm: view.getInt32(7),
    timeNs: view.getBigUint64(11),
    driftNs: view.getBigInt64(19),
    celsius: view.getFloat32(27),
    // Not bytes.slice(): a Buffer's slice() is a view, and would change with its memory.
    device: Uint8Array.from(bytes.subarray(deviceOffset, deviceOffset + 6)),
    name: decoder.decode(bytes.subarray(fixedBytes, headerBytes)),
  };
}
