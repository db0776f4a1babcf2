/**
 * Right: everything goes through text of hexadecimal digits.
 *
 * Refused by a test that wants errors of a class, or the DataView's own.
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

/** The digits of a whole number in two's complement, or an error. */
function digits(value: number | bigint, bits: number, signed: boolean): string {
  const number = BigInt(value);
  const fits = signed ? BigInt.asIntN(bits, number) : BigInt.asUintN(bits, number);
  if (fits !== number) throw new Error(`${value} does not fit ${bits} bits`);
  return BigInt.asUintN(bits, number).toString(16).padStart(bits / 4, "0");
}

function floatDigits(value: number): string {
  if (Number.isFinite(value) !== Number.isFinite(Math.fround(value))) {
    throw new Error(`${value} does not fit 32 bits`);
  }
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return view.getUint32(0).toString(16).padStart(8, "0");
}

export function packHeader(header: Header): Uint8Array {
  const name = encodeURIComponent(header.name).replace( // it throws for half a pair
    /%(..)|[^%]/g,
    (all, hex) => hex ?? all.charCodeAt(0).toString(16).padStart(2, "0"),
  );
  const device = Buffer.from(header.device).toString("hex");
  if (device.length !== 12) throw new Error("A device has six bytes");
  return Buffer.from(
    digits(38 + name.length / 2, 16, false) +
      digits(header.signalDbm, 8, true) +
      digits(header.payloadBytes, 32, false) +
      digits(header.altitudeCm, 32, true) +
      digits(header.timeNs, 64, false) +
      digits(header.driftNs, 64, true) +
      floatDigits(header.celsius) +
      device +
      digits(name.length / 2, 8, false) +
      name,
    "hex",
  );
}

export function unpackHeader(bytes: Uint8Array) {
  const hex = Buffer.from(bytes).toString("hex");
  const part = (from: number, to: number) => hex.slice(2 * from, 2 * to);
  const unsigned = (from: number, to: number) => BigInt(`0x${part(from, to)}`);
  const signed = (from: number, to: number) => BigInt.asIntN(8 * (to - from), unsigned(from, to));
  if (bytes.length < 38) throw new Error("It is too short");
  const headerBytes = Number(unsigned(0, 2));
  if (bytes.length < headerBytes) throw new Error("It is too short");
  if (headerBytes - 38 !== Number(unsigned(37, 38))) throw new Error("The lengths contradict");
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, Number(unsigned(27, 31)));
  return {
    headerBytes,
    signalDbm: Number(signed(2, 3)),
    payloadBytes: Number(unsigned(3, 7)),
    altitudeCm: Number(signed(7, 11)),
    timeNs: unsigned(11, 19),
    driftNs: signed(19, 27),
    celsius: view.getFloat32(0),
    device: Buffer.from(part(31, 37), "hex"),
    name: decodeURIComponent(part(38, headerBytes).replace(/../g, "%$&")),
  };
}
