/**
 * An echo client in blocking calls, each with the time that it took.
 *
 * Lesson 4.
 *
 *     node examples/04-blocking/ask.ts [port] [text] [pauseSeconds]
 *     deno run --allow-ffi examples/04-blocking/ask.ts [port] [text] [pauseSeconds]
 *
 * @module
 */
import { Buffer } from "node:buffer";
import process from "node:process";
import { OSError } from "#berkeley/errors.ts";
import { AF_INET, SHUT_WR, SOCK_STREAM, socket } from "#berkeley/socket.ts";

const [port = 65432, text = "Is anybody there?", pauseSeconds = 0] = process.argv.slice(2);

/** Makes a call and says how long it took. */
function timed<T>(name: string, call: () => T): T {
  const begun = performance.now();
  const result = call();
  console.log(`${name} took ${Math.round(performance.now() - begun)} ms`);
  return result;
}

/** Stops this thread for a while, as a blocking call does. */
function pause(seconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);
}

try {
  // #region ask
  using sock = socket(AF_INET, SOCK_STREAM);
  timed("connect()", () => sock.connect(["127.0.0.1", Number(port)]));
  pause(Number(pauseSeconds));
  timed("sendall()", () => sock.sendall(new TextEncoder().encode(text)));
  sock.shutdown(SHUT_WR);

  const pieces: Uint8Array[] = [];
  for (;;) {
    const piece = timed("recv()", () => sock.recv(65536));
    if (piece.length === 0) break; // the server's FIN: the reply is complete
    pieces.push(piece);
  }
  // #endregion
  console.log(`Reply: "${Buffer.concat(pieces)}"`);
  // #region catch
} catch (error) {
  if (!(error instanceof OSError)) throw error; // a fault of this program
  console.error(`No complete reply: ${error.message}`);
  console.error(`  class ${error.name}, code ${error.code}, in ${error.syscall}()`);
  process.exitCode = 1;
}
// #endregion
