/**
 * Right: the course's struct, with one format for both ways.
 *
 * Refused by a test that wants a RangeError: this one throws struct's own errors.
 *
 * @module
 */
import { calcsize, pack, unpack } from "#berkeley/struct.ts";

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

const format = "!HbIiQqf6sB";
const size = calcsize(format);

export function packHeader(header: Header): Uint8Array {
  const { signalDbm, payloadBytes, altitudeCm, timeNs, driftNs, celsius, device, name } = header;
  if (device.length !== 6) throw new Error(`"6s" would cut or fill ${device.length} bytes`);
  if (!name.isWellFormed()) throw new Error("The name is no text");
  const text = new TextEncoder().encode(name);
  const whole = [signalDbm, payloadBytes, altitudeCm, timeNs, driftNs];
  const fields = pack(format, size + text.length, ...whole, celsius, device, text.length);
  return Uint8Array.from([...fields, ...text]);
}

export function unpackHeader(bytes: Uint8Array) {
  const [headerBytes, signalDbm, payloadBytes, altitudeCm, timeNs, driftNs, celsius, device, rest] =
    unpack(format, bytes.subarray(0, size)) as [
      ...[number, number, number, number, bigint, bigint, number, Uint8Array, number],
    ];
  const [name] = unpack(`${rest}s`, bytes.subarray(size, size + rest)) as [Uint8Array];
  if (headerBytes !== size + rest) throw new Error("The lengths contradict");
  return {
    headerBytes,
    signalDbm,
    payloadBytes,
    altitudeCm,
    timeNs,
    driftNs,
    celsius,
    device,
    name: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(name),
  };
}
