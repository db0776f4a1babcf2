/**
 * The header that a weather station sends in front of its data, as bytes and back.
 *
 * | offset | bytes | field |
 * | --- | --- | --- |
 * | 0 | 2 | how long the header is in bytes: these two, all that follow, and the name; unsigned |
 * | 2 | 1 | `signalDbm`, signed |
 * | 3 | 4 | `payloadBytes`, unsigned |
 * | 7 | 4 | `altitudeCm`, signed |
 * | 11 | 8 | `timeNs`, unsigned |
 * | 19 | 8 | `driftNs`, signed |
 * | 27 | 4 | `celsius`, an IEEE 754 number |
 * | 31 | 6 | `device`, bytes as they are |
 * | 37 | 1 | how long the name is in bytes, without this one; unsigned |
 * | 38 | 0 to 255 | `name`, UTF-8 |
 *
 * Every number is in network byte order: its highest byte comes first. Those below zero are in
 * two's complement.
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
  // TODO: Write each field at its offset, and refuse what does not fit
  throw new Error("Not written yet");
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
  // TODO: Read each field at its offset, and refuse what is no header
  throw new Error("Not written yet");
}
