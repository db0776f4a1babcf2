/**
 * Eight programs, eight dumps, and a fault in each: find the wrong bytes.
 *
 * The dumps are printed in the lesson, and lie in `lessons/data/09-numbers/dumps.txt`. Above each
 * function stands what its program meant to send, and how. Nothing is to be programmed: say where
 * the first wrong byte is, and what has to stand there. One byte is wrong in six of the dumps; in
 * the two others, several that follow each other are. To write over good bytes, too, does no harm,
 * as long as all are right afterwards.
 *
 * All numbers are meant to be in network byte order, and those below zero in two's complement.
 *
 * @module
 */

/** What has to be written over a dump to make it right. */
export interface Correction {
  /** of the first wrong byte, counted from 0 at the beginning of the dump */
  offset: number;
  /** what has to stand there, and in the places behind it if there is more than one */
  bytes: number[];
}

/**
 * One byte says how many bytes follow. They are a name, in eight bytes, and then a text: Margaret
 * says `Is the door open now`.
 */
export function chatLine(): Correction {
  // TODO: Say where, and what has to stand there
  throw new Error("Not written yet");
}

/**
 * Three frames. Each begins with its type, in one byte, and the length of its payload, in two; the
 * payload follows, and behind it the next frame. The first one is of type 1 and carries `Hello`,
 * the second is of type 2 and carries `World`, the third is of type 3 and carries nothing.
 */
export function frames(): Correction {
  // TODO: Say where, and what has to stand there
  throw new Error("Not written yet");
}

/**
 * Two bytes say how many bytes the text has that follows them, in UTF-8. It is `Zoë 👋`. Behind it
 * stands the number 7, in 32 bits.
 */
export function greeting(): Correction {
  // TODO: Say where, and what has to stand there
  throw new Error("Not written yet");
}

/**
 * The address 192.0.2.7, a byte for each of its four numbers, then port 80, in 16 bits, then how
 * often it was called, 5 times, in 32 bits.
 */
export function endpoint(): Correction {
  // TODO: Say where, and what has to stand there
  throw new Error("Not written yet");
}

/**
 * The letters `SZ`, and the size of a file in bytes, in 64 bits without a sign: 3,000,000,000. The
 * program wrote them as two halves of 32 bits, and computed the upper one by `size >> 32`.
 */
export function fileSize(): Correction {
  // TODO: Say where, and what has to stand there
  throw new Error("Not written yet");
}

/** Three temperatures, in 16 bits with a sign each: 21, -5 and 0. */
export function degrees(): Correction {
  // TODO: Say where, and what has to stand there
  throw new Error("Not written yet");
}

/** Three counters, in 64 bits without a sign each: 1, 2 ** 63 and 2 ** 53 + 1. */
export function counters(): Correction {
  // TODO: Say where, and what has to stand there
  throw new Error("Not written yet");
}

/** Two altitudes, as IEEE 754 numbers of 32 bits: 21.5 and -21.5. */
export function altitudes(): Correction {
  // TODO: Say where, and what has to stand there
  throw new Error("Not written yet");
}
