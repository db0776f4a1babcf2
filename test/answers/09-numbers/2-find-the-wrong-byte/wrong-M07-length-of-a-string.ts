/**
 * Wrong, M07: takes the length of the string, which counts the hand as two.
 *
 * Says: "greeting() puts 06 at offset 1"
 * Says: "(it counts bytes, not characters)"
 *
 * @module
 */
export function chatLine() {
  return { offset: 0, bytes: [0x1c] };
}

export function frames() {
  return { offset: 10, bytes: [0x05] };
}

export function greeting() {
  return { offset: 1, bytes: [0x06] };
}

export function endpoint() {
  return { offset: 4, bytes: [0x00, 0x50] };
}

export function fileSize() {
  return { offset: 2, bytes: [0x00, 0x00, 0x00, 0x00] };
}

export function degrees() {
  return { offset: 2, bytes: [0xff] };
}

export function counters() {
  return { offset: 23, bytes: [0x01] };
}

export function altitudes() {
  return { offset: 4, bytes: [0xc1] };
}
