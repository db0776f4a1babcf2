/**
 * Wrong, own: clears the half that was right.
 *
 * Says: "fileSize() puts 00 00 00 00 at offset 6"
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
  return { offset: 6, bytes: [0, 0, 0, 0] };
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
