/**
 * Half-open connections are allowed, and a server reads by for await. Is its socket open behind the
 * loop?
 *
 * Lesson 12.
 *
 *     node examples/12-closing/loop-over.ts
 *     deno run --allow-net=127.0.0.1 examples/12-closing/loop-over.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { text } from "node:stream/consumers";

await play("for await (const chunk of socket)", (socket) => socket);
await play(
  "for await (const chunk of socket.iterator({ destroyOnReturn: false }))",
  (socket) => socket.iterator({ destroyOnReturn: false }),
);

async function play(
  loop: string,
  chunks: (socket: Socket) => AsyncIterable<unknown>,
): Promise<void> {
  const server = createServer({ allowHalfOpen: true }, async (socket) => {
    socket.on("error", () => {});
    for await (const _chunk of chunks(socket));
    const state = socket.destroyed ? "destroyed" : "open";
    setTimeout(() => socket.end(`it was ${state}`), 10);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  client.end("question");
  console.log(`${loop}\n  answer: ${JSON.stringify(await text(client))}`);
  server.close();
}
