/**
 * Right: constants, with as many bytes as one likes to write.
 *
 * Refused by a test that compares places and not what comes of them, or that wants an array.
 *
 * @module
 */
const bytesOf = (hex: string) => Uint8Array.from(hex.split(" "), (it) => Number.parseInt(it, 16));

export const chatLine = () => ({ offset: 0, bytes: bytesOf("1c 4d 61") });
export const frames = () => ({ offset: 8, bytes: bytesOf("02 00 05") });
export const greeting = () => ({ offset: 0, bytes: bytesOf("00 09") });
export const endpoint = () => ({ offset: 0, bytes: bytesOf("c0 00 02 07 00 50 00 00 00 05") });
export const fileSize = () => ({ offset: 2, bytes: bytesOf("00 00 00 00 b2 d0 5e 00") });
export const degrees = () => ({ offset: 2, bytes: bytesOf("ff fb") });
export const counters = () => ({ offset: 16, bytes: bytesOf("00 20 00 00 00 00 00 01") });
export const altitudes = () => ({ offset: 4, bytes: bytesOf("c1 ac 00 00") });
