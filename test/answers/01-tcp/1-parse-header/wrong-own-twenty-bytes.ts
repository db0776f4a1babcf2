/**
 * Wrong, own: takes the header to be twenty bytes.
 *
 * Says: "20 for payloadOffset, wanted 40 (the data offset is 10"
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
    options: { sackPermitted: false, others: [] },
    payloadOffset: 20,
  };
}
