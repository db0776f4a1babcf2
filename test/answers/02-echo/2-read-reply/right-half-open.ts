/**
 * Right: reads and writes as two tasks on a connection that may be half-open.
 *
 * Refused by a test that wants FIN before the first byte of the reply is read.
 *
 * @module
 */
import net from "node:net";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";

export async function requestReply(port: number, request: Uint8Array): Promise<Uint8Array> {
  const socket = net.connect({ host: "127.0.0.1", port, allowHalfOpen: true });
  const [reply] = await Promise.all([buffer(socket), pipeline([request], socket)]);
  return reply;
}
