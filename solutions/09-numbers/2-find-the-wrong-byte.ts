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
  // #region todo Say where, and what has to stand there
  // 8 for the name and 20 for the text: whoever wrote 0x18 had not counted the four spaces.
  return { offset: 0, bytes: [0x1c] };
  // #endregion
}

/**
 * Three frames. Each begins with its type, in one byte, and the length of its payload, in two; the
 * payload follows, and behind it the next frame. The first one is of type 1 and carries `Hello`,
 * the second is of type 2 and carries `World`, the third is of type 3 and carries nothing.
 */
export function frames(): Correction {
  // #region todo Say where, and what has to stand there
  // 8 would count the header, too, and the reader would take the third frame for payload.
  return { offset: 10, bytes: [0x05] };
  // #endregion
}

/**
 * Two bytes say how many bytes the text has that follows them, in UTF-8. It is `Zoë 👋`. Behind it
 * stands the number 7, in 32 bits.
 */
export function greeting(): Correction {
  // #region todo Say where, and what has to stand there
  // ë has two bytes and the hand has four. 5 are its characters, 6 its length in JavaScript.
  return { offset: 1, bytes: [0x09] };
  // #endregion
}

/**
 * The address 192.0.2.7, a byte for each of its four numbers, then port 80, in 16 bits, then how
 * often it was called, 5 times, in 32 bits.
 */
export function endpoint(): Correction {
  // #region todo Say where, and what has to stand there
  // 50 00 is 80 with its lowest byte first, and 20480 to all who read it.
  return { offset: 4, bytes: [0x00, 0x50] };
  // #endregion
}

/**
 * The letters `SZ`, and the size of a file in bytes, in 64 bits without a sign: 3,000,000,000. The
 * program wrote them as two halves of 32 bits, and computed the upper one by `size >> 32`.
 */
export function fileSize(): Correction {
  // #region todo Say where, and what has to stand there
  // JavaScript shifts by 32 % 32 = 0. The lower half was right, and holds all of the number.
  return { offset: 2, bytes: [0x00, 0x00, 0x00, 0x00] };
  // #endregion
}

/** Three temperatures, in 16 bits with a sign each: 21, -5 and 0. */
export function degrees(): Correction {
  // #region todo Say where, and what has to stand there
  // fb is -5 in 8 bits. In 16 bits the sign goes on in front: ff fb.
  return { offset: 2, bytes: [0xff] };
  // #endregion
}

/** Three counters, in 64 bits without a sign each: 1, 2 ** 63 and 2 ** 53 + 1. */
export function counters(): Correction {
  // #region todo Say where, and what has to stand there
  // It had been kept in a number, which goes from 2 ** 53 to 2 ** 53 + 2.
  return { offset: 23, bytes: [0x01] };
  // #endregion
}

/** Two altitudes, as IEEE 754 numbers of 32 bits: 21.5 and -21.5. */
export function altitudes(): Correction {
  // #region todo Say where, and what has to stand there
  // The highest bit is the sign, and all else is the same.
  return { offset: 4, bytes: [0xc1] };
  // #endregion
}
