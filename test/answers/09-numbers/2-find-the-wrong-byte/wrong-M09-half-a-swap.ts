/**
 * Wrong, M09: writes the first byte only.
 *
 * Says: "endpoint() puts 00 at offset 4"
 * Says: "port 0, 5 times"
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
  return { offset: 4, bytes: [0x00] };
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
