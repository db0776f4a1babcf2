/**
 * What all tests of decoders feed.
 *
 * @module
 */
import { Buffer } from "node:buffer";

/** What a decoder under test can do. */
export interface Decoder<T> {
  /** takes the next bytes of the stream and gives the messages that they complete */
  push(chunk: Uint8Array): Iterable<T>;
  /** takes the end of the stream, and throws in the middle of a message */
  end?(): void;
}

/**
 * The same decoder, fed with what a socket of Node gives: a Buffer, whose `slice()` is a view.
 *
 * @param create Makes a fresh decoder
 */
export function fedBuffers<T>(create: () => Decoder<T>): () => Decoder<T> {
  return () => {
    const decoder = create();
    return {
      push: ({ buffer, byteOffset, length }) =>
        decoder.push(Buffer.from(buffer as ArrayBuffer, byteOffset, length)),
      end: () => decoder.end?.(),
    };
  };
}
