/**
 * Right: writes the values with a DataView, each into memory of its own.
 *
 * Refused by a test that wants as few bytes as can be.
 *
 * @module
 */
function correct(offset: number, size: number, write: (view: DataView) => void) {
  const view = new DataView(new ArrayBuffer(size));
  write(view);
  return { offset, bytes: Array.from(new Uint8Array(view.buffer)) };
}

export function chatLine() {
  return correct(0, 1, (view) => view.setUint8(0, "MargaretIs the door open now".length));
}

export function frames() {
  return correct(9, 2, (view) => view.setUint16(0, "World".length));
}

export function greeting() {
  return correct(0, 2, (view) => view.setUint16(0, new Blob(["Zoë 👋"]).size));
}

export function endpoint() {
  return correct(4, 6, (view) => {
    view.setUint16(0, 80);
    view.setUint32(2, 5);
  });
}

export function fileSize() {
  return correct(2, 8, (view) => view.setBigUint64(0, 3_000_000_000n));
}

export function degrees() {
  return correct(0, 6, (view) => [21, -5, 0].forEach((it, i) => view.setInt16(2 * i, it)));
}

export function counters() {
  return correct(16, 8, (view) => view.setBigUint64(0, 2n ** 53n + 1n));
}

export function altitudes() {
  return correct(4, 4, (view) => view.setFloat32(0, -21.5));
}
