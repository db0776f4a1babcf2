/**
 * Wrong, M11: takes 3,000,000,000 for a number below zero, as bit operators do.
 *
 * Says: "fileSize() puts ff ff ff ff at offset 2"
 * Says: "18446744072414584320 bytes"
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
  return { offset: 2, bytes: [0xff, 0xff, 0xff, 0xff] };
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
