/**
 * Reads the header of a TCP segment.
 *
 * Numbers are unsigned, and their first byte is the highest.
 *
 * @module
 */

/** What stands in the header of a segment (RFC 9293, section 3.1). */
export interface TcpHeader {
  sourcePort: number;
  destinationPort: number;
  /** 0 to 4,294,967,295 */
  sequenceNumber: number;
  /** 0 to 4,294,967,295; as it stands there, also where the ACK flag is not set */
  acknowledgmentNumber: number;
  flags: TcpFlags;
  /** as it stands there: not multiplied by any window scale */
  window: number;
  checksum: number;
  urgentPointer: number;
  options: TcpOptions;
  /** where the payload begins, in bytes from the beginning of the segment */
  payloadOffset: number;
}

/**
 * The eight flags, true where the bit is set.
 *
 * They fill the byte at offset 13, CWR its highest bit and FIN its lowest. The four bits before
 * them are reserved: whatever they hold changes nothing here.
 */
export interface TcpFlags {
  cwr: boolean;
  ece: boolean;
  urg: boolean;
  ack: boolean;
  psh: boolean;
  rst: boolean;
  syn: boolean;
  fin: boolean;
}

/**
 * The options. A NOP (kind 1) leaves no trace, and what follows an end of the list (kind 0) is not
 * looked at. No option stands there twice.
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
  /** kind 8, length 10: the sender's clock, and the other's as last heard, 32 bits each */
  timestamps?: { value: number; echo: number };
  /** every other kind, in their order */
  others: OtherOption[];
}

/** Bytes that have come, behind others that have not: 32 bits each. */
export interface SackBlock {
  /** sequence number of the first */
  left: number;
  /** sequence number behind the last */
  right: number;
}

/** An option that we make nothing of. */
export interface OtherOption {
  kind: number;
  /** without the bytes for kind and length */
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
