/**
 * Wrong, M14: keeps one piece of memory that grows by doubling, and shortens it by a copy behind each frame.
 *
 * Says: "it copies the rest behind each of them"
 * Same as: wrong-M14-joins-for-each-frame.ts, because both copy what is behind a frame, by other means
 *
 * @module
 */
interface Frame {
  type: number;
  payload: Uint8Array;
}

export function encodeFrame(type: number, payload: Uint8Array | string): Uint8Array {
  if (!Number.isInteger(type) || type < 0 || type > 255) throw new RangeError(`No type: ${type}`);
  const bytes = Buffer.from(payload as string);
  const header = Buffer.alloc(5);
  header.writeUInt8(type, 0);
  header.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([header, bytes]);
}

export class FrameDecoder {
  #limit: number;
  #room = new Uint8Array(64);
  #begin = 0;
  #end = 0;

  constructor(options: { limitBytes: number }) {
    this.#limit = options.limitBytes;
  }

  push(chunk: Uint8Array): Frame[] {
    this.#append(chunk);
    const frames: Frame[] = [];
    while (this.#end - this.#begin >= 5) {
      const payload = this.#begin + 5;
      const length = this.#claimed();
      if (this.#end < payload + length) break;
      frames.push({
        type: this.#room[this.#begin]!,
        payload: this.#room.slice(payload, payload + length),
      });
      this.#room = this.#room.slice(payload + length);
      this.#end -= payload + length;
    }
    return frames;
  }

  end(): void {
    if (this.#end > this.#begin) throw new Error(`It ended ${this.#end - this.#begin} bytes late`);
  }

  /** Nothing is taken out once it has failed, so that it fails again. */
  #claimed(): number {
    const length = new DataView(this.#room.buffer).getUint32(this.#begin + 1);
    if (length <= this.#limit) return length;
    throw new RangeError(`A length of ${length} bytes is above ${this.#limit}`);
  }

  #append(chunk: Uint8Array): void {
    const kept = this.#room.subarray(this.#begin, this.#end);
    if (this.#end + chunk.length > this.#room.length) {
      const size = Math.max(this.#room.length, 2 * (kept.length + chunk.length));
      const room = new Uint8Array(size);
      room.set(kept);
      this.#room = room;
      this.#begin = 0;
      this.#end = kept.length;
    }
    this.#room.set(chunk, this.#end);
    this.#end += chunk.length;
  }
}
