/**
 * Wrong, own: believes the first field, and cuts the name by it.
 *
 * Says: "unpackHeader() of a header that begins with 002a gave"
 * Says: "although its length is one byte less than its fields and a name of 5 bytes"
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
  view.setUint16(0, 38 + name.length);
  view.setInt8(2, header.signalDbm);
  view.setUint32(3, header.payloadBytes);
  view.setInt32(7, header.altitudeCm);
  view.setBigUint64(11, header.timeNs);
  view.setBigInt64(19, header.driftNs);
  view.setFloat32(27, header.celsius);
  bytes.set(header.device, 31);
  view.setUint8(37, name.length);
  bytes.set(name, 38);
  return bytes;
}

export function unpackHeader(bytes: Uint8Array) {
  if (bytes.length < 38) throw new RangeError(`38 bytes are wanted, got ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getUint16(0);
  if (bytes.length < headerBytes) throw new RangeError(`${headerBytes} bytes are wanted`);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return {
    headerBytes,
    signalDbm: view.getInt8(2),
    payloadBytes: view.getUint32(3),
    altitudeCm: view.getInt32(7),
    timeNs: view.getBigUint64(11),
    driftNs: view.getBigInt64(19),
    celsius: view.getFloat32(27),
    device: Uint8Array.from(bytes.subarray(31, 37)),
    name: decoder.decode(bytes.subarray(38, headerBytes)),
  };
}
