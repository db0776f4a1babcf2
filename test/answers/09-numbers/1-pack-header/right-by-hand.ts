/**
 * Right: byte after byte with division and remainder, every number a bigint on its way.
 *
 * Refused by a test that looks for a DataView, or calls with more than it promises.
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

function* digits(value: number | bigint, count: number, signed = false): Generator<number> {
  const limit = 256n ** BigInt(count); // BigInt() refuses fractions and NaN
  const number = BigInt(value);
  const least = signed ? -limit / 2n : 0n;
  if (number < least || number >= least + limit) throw new RangeError(`${value} is out of range`);
  const positive = (number + limit) % limit;
  for (let i = count - 1; i >= 0; i--) yield Number(positive / 256n ** BigInt(i) % 256n);
}

function number(bytes: Uint8Array, signed = false): bigint {
  const limit = 256n ** BigInt(bytes.length);
  const value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return signed && value >= limit / 2n ? value - limit : value;
}

const scratch = Float32Array.of(1);
const inMemory = new Uint8Array(scratch.buffer);
const isLittle = inMemory[0] === 0;

function* floatDigits(value: number): Generator<number> {
  scratch[0] = value;
  if (!Number.isFinite(scratch[0]) && Number.isFinite(value)) throw new RangeError("Too large");
  yield* isLittle ? inMemory.toReversed() : inMemory;
}

function float(bytes: Uint8Array): number {
  inMemory.set(isLittle ? bytes.toReversed() : bytes);
  return scratch[0]!;
}

export function packHeader(header: Header): Uint8Array {
  if (/\p{Surrogate}/u.test(header.name)) throw new SyntaxError("The name has half a pair");
  if (header.device.length !== 6) throw new SyntaxError("A device has six bytes");
  const name = new TextEncoder().encode(header.name);
  return Uint8Array.from([
    ...digits(38 + name.length, 2),
    ...digits(header.signalDbm, 1, true),
    ...digits(header.payloadBytes, 4),
    ...digits(header.altitudeCm, 4, true),
    ...digits(header.timeNs, 8),
    ...digits(header.driftNs, 8, true),
    ...floatDigits(header.celsius),
    ...header.device,
    ...digits(name.length, 1),
    ...name,
  ]);
}

export function unpackHeader(bytes: Uint8Array) {
  let at = 0;
  const take = (count: number) => {
    if (at + count > bytes.length) throw new RangeError(`Byte ${bytes.length} is missing`);
    return Uint8Array.from(bytes.subarray(at, at += count));
  };
  const headerBytes = Number(number(take(2)));
  const header = {
    headerBytes,
    signalDbm: Number(number(take(1), true)),
    payloadBytes: Number(number(take(4))),
    altitudeCm: Number(number(take(4), true)),
    timeNs: number(take(8)),
    driftNs: number(take(8), true),
    celsius: float(take(4)),
    device: take(6),
    name: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      take(Number(number(take(1)))),
    ),
  };
  if (at !== headerBytes) throw new RangeError(`It has ${at} bytes and says ${headerBytes}`);
  return header;
}
