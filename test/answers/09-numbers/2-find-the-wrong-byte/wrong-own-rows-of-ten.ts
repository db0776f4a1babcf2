/**
 * Wrong, own: takes the 0010 in front of the second row for ten.
 *
 * Says: "counters() puts 01 at offset 17"
 * Says: "(offsets in a dump are hexadecimal, and 2 ** 53 + 1 is odd)"
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
  return { offset: 1, bytes: [0x09] };
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
  return { offset: 17, bytes: [0x01] };
}

export function altitudes() {
  return { offset: 4, bytes: [0xc1] };
}
