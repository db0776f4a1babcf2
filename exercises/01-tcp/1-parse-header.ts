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
  // TODO: Read the twenty bytes, then the options
  throw new Error("Not written yet");
}
