/**
 * What becomes of two writes: a server counts the events in which they arrive.
 *
 * Lesson 1.
 *
 *     node examples/01-tcp/two-writes.ts
 *     deno run --allow-net=127.0.0.1 examples/01-tcp/two-writes.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** What a server gets of a client that does this: the bytes of each "data" event. */
async function arrivals(play: (client: Socket) => void): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  const server = createServer((socket) => {
    socket.on("data", (piece) => {
      pieces.push(piece);
      socket.write("."); // the answer that one of the clients waits for
    });
    socket.on("error", () => {});
    server.close();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  client.resume();
  play(client);
  await once(client, "close");
  return pieces;
}

/** `1 event: "HelloWorld"` */
function describe(pieces: Uint8Array[]): string {
  const texts = pieces.map((piece) => JSON.stringify(String.fromCharCode(...piece)));
  return `${pieces.length} event${pieces.length === 1 ? "" : "s"}: ${texts.join(", ")}`;
}

// #region writes
const together = await arrivals((client) => {
  client.write("Hello");
  client.write("World");
  client.end();
});
const apart = await arrivals((client) => {
  client.write("Hello");
  client.once("data", () => client.end("World"));
});
const large = await arrivals((client) => client.end(new Uint8Array(1_000_000)));
// #endregion

console.log(`Two writes: ${describe(together)}`);
console.log(`Two writes, an answer between them: ${describe(apart)}`);
const bytes = large.reduce((sum, piece) => sum + piece.length, 0);
console.log(`One write: ${large.length === 1 ? "1 event" : "several events"}, ${bytes} bytes`);
