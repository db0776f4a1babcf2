/**
 * Wrong, M09: believes that the lowest byte comes first, and mends the number that is right.
 *
 * Says: "endpoint() puts 05 00 00 00 at offset 6"
 * Says: "port 20480, 83886080 times"
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
  return { offset: 6, bytes: [0x05, 0, 0, 0] };
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
