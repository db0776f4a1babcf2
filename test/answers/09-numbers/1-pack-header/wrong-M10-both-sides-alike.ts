/**
 * Wrong, M10: all in the order of most machines, on both sides: every round trip is perfect.
 *
 * Says: "gave 2 bytes 2b 00 for its own length, wanted 2 bytes 00 2b (its bytes are in the other order)"
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

function check(value: number | bigint, least: number | bigint, most: number | bigint): void {
  const isWhole = typeof value === "bigint" || Number.isInteger(value);
  if (!isWhole || value < least || value > most) {
    throw new RangeError(`A number from ${least} to ${most} is wanted, got ${value}`);
  }
}

function checkAll(header: Header, nameBytes: number): void {
  check(header.signalDbm, -128, 127);
  check(header.payloadBytes, 0, 2 ** 32 - 1);
  check(header.altitudeCm, -(2 ** 31), 2 ** 31 - 1);
  check(header.timeNs, 0n, 2n ** 64n - 1n);
  check(header.driftNs, -(2n ** 63n), 2n ** 63n - 1n);
  const { celsius } = header;
  if (Number.isFinite(celsius) && !Number.isFinite(Math.fround(celsius))) {
    throw new RangeError(`${celsius} has no room in 32 bits`);
  }
  check(header.device.length, 6, 6);
  if (!header.name.isWellFormed()) throw new TypeError("The name is no text");
  check(nameBytes, 0, 255);
}

export function packHeader(header: Header): Uint8Array {
  const name = new TextEncoder().encode(header.name);
  checkAll(header, name.length);
  const bytes = new Uint8Array(38 + name.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 38 + name.length, true);
  view.setInt8(2, header.signalDbm);
  view.setUint32(3, header.payloadBytes, true);
  view.setInt32(7, header.altitudeCm, true);
  view.setBigUint64(11, header.timeNs, true);
  view.setBigInt64(19, header.driftNs, true);
  view.setFloat32(27, header.celsius, true);
  bytes.set(header.device, 31);
  view.setUint8(37, name.length);
  bytes.set(name, 38);
  return bytes;
}

export function unpackHeader(bytes: Uint8Array) {
  if (bytes.length < 38) throw new RangeError(`38 bytes are wanted, got ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getUint16(0, true);
  const nameBytes = view.getUint8(37);
  if (headerBytes !== 38 + nameBytes) throw new RangeError(`The length is ${headerBytes}`);
  if (bytes.length < headerBytes) throw new RangeError(`${headerBytes} bytes are wanted`);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return {
    headerBytes,
    signalDbm: view.getInt8(2),
    payloadBytes: view.getUint32(3, true),
    altitudeCm: view.getInt32(7, true),
    timeNs: view.getBigUint64(11, true),
    driftNs: view.getBigInt64(19, true),
    celsius: view.getFloat32(27, true),
    device: Uint8Array.from(bytes.subarray(31, 37)),
    name: decoder.decode(bytes.subarray(38, headerBytes)),
  };
}
