/**
 * A client that sends one request and reads all of the reply.
 *
 * @module
 */
import net from "node:net";

/**
 * Sends a request to a server on this machine and reads its reply to the end.
 *
 * The server answers once it has seen the end of the request, and ends when its reply is complete:
 * the reply is all bytes up to the server's FIN, however many chunks they come in. The socket is
 * closed when this is over, however it ended.
 *
 * @param port The port on 127.0.0.1 where the server listens
 * @param request The bytes to send before this side half-closes, at least one
 * @returns All bytes of the reply, none when the server ends without a word
 * @throws {Error} When nothing listens there, or the connection is reset before the reply is complete
 */
export async function requestReply(port: number, request: Uint8Array): Promise<Uint8Array> {
  // #region todo Connect, send the request, half-close, and collect chunks up to the end
  const socket = net.connect(port, "127.0.0.1");
  // end() sends the request and then FIN. It need not wait until the connection stands.
  socket.end(request);
  // The loop ends with the server's FIN. A refused connection or a reset makes it throw, and
  // whichever way it ends, it closes the socket.
  const chunks: Uint8Array[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks);
  // #endregion
}
