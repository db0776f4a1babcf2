/**
 * Right: reads by the methods of Buffer, and copies what it keeps.
 *
 * Refused by a test that wants an option's data to be a plain Uint8Array, or a view of the segment.
 *
 * @module
 */
import { Buffer } from "node:buffer";

const flagNames = ["fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr"];

export function parseHeader(segment: Uint8Array) {
  const bytes = Buffer.from(segment);
  if (bytes.length < 20) throw new Error(`Truncated: ${bytes.length} bytes`);
  const dataOffset = Math.floor(bytes[12]! / 16);
  if (dataOffset < 5 || dataOffset * 4 > bytes.length) {
    throw new Error(`Bad data offset: ${dataOffset}`);
  }
  const flags = Object.fromEntries(flagNames.map((name, i) => [name, (bytes[13]! & 1 << i) > 0]));
  return {
    sourcePort: bytes.readUInt16BE(0),
    destinationPort: bytes.readUInt16BE(2),
    sequenceNumber: bytes.readUInt32BE(4),
    acknowledgmentNumber: bytes.readUInt32BE(8),
    flags,
    window: bytes.readUInt16BE(14),
    checksum: bytes.readUInt16BE(16),
    urgentPointer: bytes.readUInt16BE(18),
    options: options(bytes.subarray(20, dataOffset * 4)),
    payloadOffset: dataOffset * 4,
  };
}

// By itself, with what is left of the list.
function options(list: Buffer): Record<string, unknown> {
  const [kind, length] = list;
  if (kind === undefined || kind === 0) return { sackPermitted: false, others: [] };
  if (kind === 1) return options(list.subarray(1));
  if (length === undefined) throw new Error(`Option ${kind} without a length`);
  if (length < 2 || length > list.length) throw new Error(`Option ${kind}: bad length ${length}`);
  const data = list.subarray(2, length);
  const rest = options(list.subarray(length));
  const wants = (...lengths: number[]) => {
    if (!lengths.includes(length)) throw new Error(`Option ${kind}: bad length ${length}`);
  };
  switch (kind) {
    case 2:
      wants(4);
      return { ...rest, mss: data.readUInt16BE() };
    case 3:
      wants(3);
      return { ...rest, windowScale: data[0] };
    case 4:
      wants(2);
      return { ...rest, sackPermitted: true };
    case 5: {
      wants(10, 18, 26, 34);
      const sack = [];
      for (let at = 0; at < data.length; at += 8) {
        sack.push({ left: data.readUInt32BE(at), right: data.readUInt32BE(at + 4) });
      }
      return { ...rest, sack };
    }
    case 8:
      wants(10);
      return { ...rest, timestamps: { value: data.readUInt32BE(), echo: data.readUInt32BE(4) } };
    default:
      return { ...rest, others: [{ kind, data }, ...rest.others as unknown[]] };
  }
}
