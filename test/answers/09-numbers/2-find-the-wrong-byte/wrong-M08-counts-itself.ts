/**
 * Wrong, M08: counts the length byte itself.
 *
 * Says: "chatLine() puts 1d at offset 0"
 * Says: "29 bytes follow"
 *
 * @module
 */
export function chatLine() {
  return { offset: 0, bytes: [0x1d] };
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
  return { offset: 23, bytes: [0x01] };
}

export function altitudes() {
  return { offset: 4, bytes: [0xc1] };
}
