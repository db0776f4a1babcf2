/**
 * Bytes to send.
 *
 * @module
 */

/** All 256 values of a byte, 0xff first: no text encoding survives them. */
export const everyByte: Uint8Array = Uint8Array.from({ length: 256 }, (_, i) => 255 - i);

/**
 * More than the kernel's buffers of one loopback connection take from a writer whose reader sleeps,
 * about 4 MB with Linux's defaults (tcp(7), tcp_wmem and tcp_rmem), in bytes.
 */
export const moreThanTheKernelHolds: number = 16 << 20;

/** Bytes that do not repeat within a chunk, the same at every call. */
export function someBytes(length: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(length / 4));
  // xorshift32, Marsaglia 2003
  let word = 0x2545f491;
  for (let i = 0; i < words.length; i++) {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    words[i] = word;
  }
  return new Uint8Array(words.buffer, 0, length);
}
