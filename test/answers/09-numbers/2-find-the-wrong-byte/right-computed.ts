/**
 * Right: computes what has to stand there, and gives promises.
 *
 * Refused by a test that does not wait.
 *
 * @module
 */
import { pack } from "#berkeley/struct.ts";

const sizeOf = (text: string) => new TextEncoder().encode(text).length;
const packed = (format: string, value: number | bigint) => [...pack(format, value)];
const at = async (offset: number, bytes: number[]) => await Promise.resolve({ offset, bytes });

export const chatLine = () => at(0, packed("B", 8 + sizeOf("Is the door open now")));
export const frames = () => at(9, packed("!H", sizeOf("World")));
export const greeting = () => at(0, packed("!H", sizeOf("Zoë 👋")));
export const endpoint = () => at(4, packed("!H", 80));
export const fileSize = () => at(2, packed("!Q", 3_000_000_000));
export const degrees = () => at(2, packed("!h", -5));
export const counters = () => at(0x10, packed("!Q", 2n ** 53n + 1n));
export const altitudes = () => at(4, packed("!f", -21.5));
