/**
 * Reads the header of a TCP segment.
 *
 * Numbers are unsigned, and their first byte is the highest.
 *
 * @module
 */

/** What stands in the header of a segment (RFC 9293, section 3.1). */
export interface TcpHeader {
  /** the port of the program that sends, 16 bits at offset 0 */
  sourcePort: number;
  /** the port of the program that is meant, 16 bits at offset 2 */
  destinationPort: number;
  /** 32 bits at offset 4: 0 to 4,294,967,295 */
  sequenceNumber: number;
  /** 32 bits at offset 8, as they stand there, also where the ACK flag is not set */
  acknowledgmentNumber: number;
  /** the byte at offset 13 */
  flags: TcpFlags;
  /** 16 bits at offset 14, as they stand there: not multiplied by any window scale */
  window: number;
  /** 16 bits at offset 16; nobody asks whether it is right */
  checksum: number;
  /** 16 bits at offset 18, as they stand there, also where the URG flag is not set */
  urgentPointer: number;
  /** from offset 20 on, up to the end of the header */
  options: TcpOptions;
  /** where the payload begins, in bytes from the beginning of the segment */
  payloadOffset: number;
}

/**
 * The eight flags, true where the bit is set, from the highest bit of their byte to the lowest.
 *
 * The four bits before them are reserved: whatever they hold changes nothing here.
 */
export interface TcpFlags {
  /** congestion window reduced, 0x80 */
  cwr: boolean;
  /** an echo of congestion, 0x40 */
  ece: boolean;
  /** the urgent pointer counts, 0x20 */
  urg: boolean;
  /** the acknowledgment number counts, 0x10 */
  ack: boolean;
  /** push, 0x08 */
  psh: boolean;
  /** reset, 0x04 */
  rst: boolean;
  /** the beginning of a direction, 0x02 */
  syn: boolean;
  /** its end, 0x01 */
  fin: boolean;
}

/**
 * The options. A NOP (kind 1) leaves no trace, and what follows an end of the list (kind 0) is not
 * looked at. No option of kinds 2 to 8 stands there twice.
 */
export interface TcpOptions {
  /** kind 2, length 4: the maximum segment size in bytes, 16 bits */
  mss?: number;
  /** kind 3, length 3: by how many bits to shift the windows of later segments, 8 bits */
  windowScale?: number;
  /** kind 4, length 2: whether it is there */
  sackPermitted: boolean;
  /** kind 5, length 10, 18, 26 or 34: one to four blocks */
  sack?: SackBlock[];
  /** kind 8, length 10 */
  timestamps?: Timestamps;
  /** every other kind, in their order */
  others: OtherOption[];
}

/** Bytes that have come, behind others that have not. */
export interface SackBlock {
  /** sequence number of the first, 32 bits */
  left: number;
  /** sequence number behind the last, 32 bits */
  right: number;
}

/** What the two clocks showed. */
export interface Timestamps {
  /** the sender's own, 32 bits */
  value: number;
  /** the other side's, as the sender last heard of it, 32 bits */
  echo: number;
}

/** An option that we make nothing of. */
export interface OtherOption {
  /** its first byte */
  kind: number;
  /** what follows the bytes for kind and length */
  data: Uint8Array;
}

// #region cut
/** Kinds that have a length of their own, in bytes; that of SACK (5) depends on its blocks. */
const lengths: Record<number, number> = { 2: 4, 3: 3, 4: 2, 8: 10 };
// #endregion

/**
 * Reads the header of a segment.
 *
 * The data offset, the upper half of the byte at offset 12, is the header's length in words of
 * four bytes. Twenty bytes are always there, and options fill the rest. Each option but kinds 0 and
 * 1 has a kind, a length that counts both of these bytes too, and its data.
 *
 * @param segment The segment, header and payload; may be a part of a larger buffer
 * @returns What its header says
 * @throws {Error} When it has fewer than 20 bytes, when its data offset is below 5 or leads behind
 * its last byte, and when an option has no length, a length below 2, one that leads behind the
 * header, or one that its kind does not have. The message contains the wrong number: how many bytes
 * there are, the data offset, or the option's length, if it has one.
 */
export function parseHeader(segment: Uint8Array): TcpHeader {
  // #region todo Read the twenty bytes, then the options
  if (segment.length < 20) {
    throw new RangeError(`A TCP header has at least 20 bytes, got ${segment.length}`);
  }
  // The segment's own part of the memory: its buffer may begin before it and end behind it.
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength);
  const dataOffset = view.getUint8(12) >> 4;
  const payloadOffset = dataOffset * 4;
  if (dataOffset < 5) throw new RangeError(`A data offset is at least 5, got ${dataOffset}`);
  if (payloadOffset > segment.length) {
    throw new RangeError(
      `The data offset ${dataOffset} leads to byte ${payloadOffset} of ${segment.length}`,
    );
  }
  const bits = view.getUint8(13);
  return {
    sourcePort: view.getUint16(0),
    destinationPort: view.getUint16(2),
    sequenceNumber: view.getUint32(4),
    acknowledgmentNumber: view.getUint32(8),
    flags: {
      cwr: (bits & 0x80) !== 0,
      ece: (bits & 0x40) !== 0,
      urg: (bits & 0x20) !== 0,
      ack: (bits & 0x10) !== 0,
      psh: (bits & 0x08) !== 0,
      rst: (bits & 0x04) !== 0,
      syn: (bits & 0x02) !== 0,
      fin: (bits & 0x01) !== 0,
    },
    window: view.getUint16(14),
    checksum: view.getUint16(16),
    urgentPointer: view.getUint16(18),
    options: parseOptions(segment.subarray(20, payloadOffset)),
    payloadOffset,
  };
  // #endregion
}

// #region cut
function parseOptions(bytes: Uint8Array): TcpOptions {
  const options: TcpOptions = { sackPermitted: false, others: [] };
  for (let at = 0; at < bytes.length;) {
    const kind = bytes[at]!;
    if (kind === 0) break;
    if (kind === 1) {
      at += 1;
      continue;
    }
    const length = bytes[at + 1];
    if (length === undefined) throw new RangeError(`The option ${kind} has no length`);
    // A length of 0 would keep us here for ever (RFC 9293, MUST-7).
    if (length < 2) throw new RangeError(`The option ${kind} has the length ${length}`);
    if (at + length > bytes.length) {
      throw new RangeError(`The option ${kind} of length ${length} leads behind the header`);
    }
    addOption(options, kind, bytes.subarray(at + 2, at + length));
    at += length;
  }
  return options;
}

function addOption(options: TcpOptions, kind: number, data: Uint8Array): void {
  const length = data.length + 2;
  const fits = kind === 5 ? length > 2 && (length - 2) % 8 === 0 : length === lengths[kind];
  if ((kind === 5 || kind in lengths) && !fits) {
    throw new RangeError(`An option ${kind} never has the length ${length}`);
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (kind === 2) options.mss = view.getUint16(0);
  else if (kind === 3) options.windowScale = view.getUint8(0);
  else if (kind === 4) options.sackPermitted = true;
  else if (kind === 5) {
    const starts = Array.from({ length: data.length / 8 }, (_, i) => i * 8);
    options.sack = starts.map((at) => ({
      left: view.getUint32(at),
      right: view.getUint32(at + 4),
    }));
  } else if (kind === 8) {
    options.timestamps = { value: view.getUint32(0), echo: view.getUint32(4) };
  } else options.others.push({ kind, data });
}
// #endregion
