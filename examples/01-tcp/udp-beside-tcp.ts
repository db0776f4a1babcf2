/**
 * The same bytes by TCP and by UDP: what each of them keeps, and what it loses.
 *
 * Lesson 1.
 *
 *     node examples/01-tcp/udp-beside-tcp.ts
 *     deno run --allow-net=127.0.0.1 examples/01-tcp/udp-beside-tcp.ts
 *
 * @module
 */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { setTimeout } from "node:timers/promises";

/** Sends pieces over TCP, one write each, and gives what arrives, event by event. */
async function byTcp(pieces: Uint8Array[]): Promise<Uint8Array[]> {
  const arrived: Uint8Array[] = [];
  const server = createServer((socket) => {
    socket.on("data", (piece) => arrived.push(piece));
    socket.on("error", () => {});
    server.close();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  client.resume();
  for (const piece of pieces) client.write(piece);
  client.end();
  await once(client, "close");
  return arrived;
}

/** Sends pieces over UDP, one datagram each, and gives what arrives, message by message. */
async function byUdp(pieces: Uint8Array[]): Promise<Uint8Array[]> {
  const arrived: Uint8Array[] = [];
  // With a large buffer for what has come and was not read, a machine may lose nothing.
  const receiver = createSocket({ type: "udp4", recvBufferSize: 65_536 });
  receiver.on("message", (message) => arrived.push(message));
  receiver.bind(0, "127.0.0.1");
  await once(receiver, "listening");
  const { port } = receiver.address();
  const sender = createSocket("udp4").bind(0, "127.0.0.1");
  await once(sender, "listening");
  const sent = pieces.map((piece) => () =>
    new Promise((resolve) => sender.send(piece, port, "127.0.0.1", resolve))
  );
  // #region udp
  // A few go out one by one; many go out at once, faster than the receiver reads.
  if (sent.length < 10) {
    for (const send of sent) await send();
  } else {
    await Promise.all(sent.map((send) => send()));
  }
  // #endregion
  // There is no end to wait for: nothing tells a receiver that it has them all.
  for (let seen = -1; seen !== arrived.length;) {
    seen = arrived.length;
    await setTimeout(200);
  }
  receiver.close();
  sender.close();
  return arrived;
}

const texts = ["Hello", "", "World"].map((text) => new TextEncoder().encode(text));
const asText = (pieces: Uint8Array[]) =>
  JSON.stringify(pieces.map((piece) => String.fromCharCode(...piece)));
console.log(`TCP, 3 writes: ${asText(await byTcp(texts))}`);
console.log(`UDP, 3 datagrams: ${asText(await byUdp(texts))}`);

const many = Array.from({ length: 2000 }, () => new Uint8Array(1000));
const total = (pieces: Uint8Array[]) => pieces.reduce((sum, piece) => sum + piece.length, 0);
const share = (bytes: number) => bytes === 2_000_000 ? "all of them" : "not all of them";
console.log(`TCP, 2000000 bytes: ${share(total(await byTcp(many)))}`);
console.log(`UDP, 2000000 bytes: ${share(total(await byUdp(many)))}`);
