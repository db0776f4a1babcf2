/**
 * Right: Node's Buffer, whose methods see to the ranges; fractions are seen to before.
 *
 * Refused by a test that wants no Buffer, or an error in its own words.
 *
 * @module
 */
import { Buffer } from "node:buffer";

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

export function packHeader(header: Header): Uint8Array {
  const { signalDbm, payloadBytes, altitudeCm, celsius, device, name } = header;
  if (![signalDbm, payloadBytes, altitudeCm].every(Number.isInteger)) {
    throw new RangeError("A whole number is wanted");
  }
  if (device.length !== 6) throw new RangeError("A device has six bytes");
  const text = Buffer.from(name);
  if (text.toString() !== name) throw new TypeError("The name is no text");
  const fixed = Buffer.alloc(38);
  let at = fixed.writeUInt16BE(38 + text.length);
  at = fixed.writeInt8(signalDbm, at);
  at = fixed.writeUInt32BE(payloadBytes, at);
  at = fixed.writeInt32BE(altitudeCm, at);
  at = fixed.writeBigUInt64BE(header.timeNs, at);
  at = fixed.writeBigInt64BE(header.driftNs, at);
  at = fixed.writeFloatBE(celsius, at);
  if (Math.abs(fixed.readFloatBE(at - 4)) === Infinity && Math.abs(celsius) !== Infinity) {
    throw new RangeError("It is not as hot as that");
  }
  fixed.set(device, at);
  fixed.writeUInt8(text.length, at + 6);
  return Buffer.concat([fixed, text]);
}

export function unpackHeader(bytes: Uint8Array) {
  const all = Buffer.from(bytes); // a copy
  if (all.length < 38) throw new RangeError("The fields are not all there");
  const headerBytes = all.readUInt16BE(0);
  if (headerBytes !== 38 + all.readUInt8(37)) throw new RangeError("The lengths contradict");
  if (all.length < headerBytes) throw new RangeError("The name is not all there");
  const name = all.subarray(38, headerBytes);
  const text = name.toString("utf8");
  if (Buffer.compare(Buffer.from(text), name) !== 0) throw new SyntaxError("The name is no UTF-8");
  return {
    headerBytes,
    signalDbm: all.readInt8(2),
    payloadBytes: all.readUInt32BE(3),
    altitudeCm: all.readInt32BE(7),
    timeNs: all.readBigUInt64BE(11),
    driftNs: all.readBigInt64BE(19),
    celsius: all.readFloatBE(27),
    device: all.subarray(31, 37),
    name: text,
  };
}
