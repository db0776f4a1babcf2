/**
 * The echo client with the system's own calls.
 *
 * Lesson 2.
 *
 *     node examples/02-echo/echo-client-berkeley.ts [port] [text]
 *     deno run --allow-ffi examples/02-echo/echo-client-berkeley.ts [port] [text]
 *
 * @module
 */
import { Buffer } from "node:buffer";
import process from "node:process";
import { OSError } from "#berkeley/errors.ts";
import { AF_INET, SHUT_WR, SOCK_STREAM, socket } from "#berkeley/socket.ts";

const host = "127.0.0.1";
const port = Number(process.argv[2] ?? 65432);
const text = process.argv[3] ?? "Is anybody there?";

try {
  // #region ask
  using sock = socket(AF_INET, SOCK_STREAM);
  sock.connect([host, port]); // waits for the server's kernel, not for its program
  sock.sendall(Buffer.from(text));
  sock.shutdown(SHUT_WR);
  console.log(`Sent "${text}" (${Buffer.byteLength(text)} bytes)`);

  const pieces: Uint8Array[] = [];
  while (true) {
    const piece = sock.recv(1024); // waits for some of the reply
    if (piece.length === 0) break; // the server's FIN: that was all of it
    pieces.push(piece);
  }
  // #endregion
  const reply = Buffer.concat(pieces);
  console.log(`Received "${reply.toString()}" (${reply.length} bytes)`);
} catch (error) {
  if (!(error instanceof OSError)) throw error;
  const reason = error.code === "ECONNREFUSED" ? "nobody listens there" : error.code;
  console.error(`No complete reply from ${host}:${port}: ${reason}`);
  process.exitCode = 1;
}
