/**
 * An echo client: sends a text, says that it sends no more, and reads the whole reply.
 *
 * Lesson 2.
 *
 *     node examples/02-echo/echo-client.ts [port] [text]
 *     deno run --allow-net=127.0.0.1 examples/02-echo/echo-client.ts [port] [text]
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { once } from "node:events";
import { connect } from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);
const text = process.argv[3] ?? "Is anybody there?";

// Returns at once, connected to nothing yet: what becomes of it arrives as an event.
const socket = connect(port, "127.0.0.1");

try {
  // #region connect
  // once() of node:events rejects when "error" comes instead. socket.once("connect", resolve)
  // knows nothing of errors: of a refused connection its promise never hears.
  await once(socket, "connect");
  // #endregion

  // #region ask
  // Send, and half-close: the FIN behind the last byte tells the server that this was all. Our
  // other direction stays open.
  socket.end(text);
  console.log(`Sent "${text}" (${Buffer.byteLength(text)} bytes)`);

  // One piece is not the reply. The loop ends at the server's FIN, and only then is it whole; if
  // the connection is reset before that, the loop throws.
  const pieces: Uint8Array[] = [];
  for await (const piece of socket) pieces.push(piece);
  // #endregion

  // Bytes become text once they are together: a piece may end in the middle of a character.
  const reply = Buffer.concat(pieces);
  console.log(`Received "${reply.toString()}" (${reply.length} bytes)`);
} catch (error) {
  const { code } = error as NodeJS.ErrnoException;
  const reason = code === "ECONNREFUSED" ? "nobody listens there" : code;
  console.error(`No complete reply from 127.0.0.1:${port}: ${reason}`);
  process.exitCode = 1;
}
