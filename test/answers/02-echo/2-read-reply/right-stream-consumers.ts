/**
 * Right: stream/consumers, which is made for this.
 *
 * Refused by a test that compares with a Buffer, or wants chunks.
 *
 * @module
 */
import net from "node:net";
import { arrayBuffer } from "node:stream/consumers";

export async function requestReply(port: number, request: Uint8Array): Promise<Uint8Array> {
  const socket = net.connect(port, "127.0.0.1");
  socket.end(request);
  return new Uint8Array(await arrayBuffer(socket));
}
