/**
 * Two questions on one connection, of which the first takes longer: which is answered first?
 *
 * Lesson 6.
 *
 *     node examples/06-events/order.ts
 *     deno run --allow-net=127.0.0.1 examples/06-events/order.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout } from "node:timers/promises";

/** Thinks for as many milliseconds as it is asked to. */
async function answer(question: unknown): Promise<string> {
  await setTimeout(Number(question));
  return `${question} `;
}

// #region listener
function byListener(socket: Socket): void {
  socket.on("data", async (question) => {
    socket.write(await answer(question));
  });
}
// #endregion

// #region loop
async function byLoop(socket: Socket): Promise<void> {
  for await (const question of socket) {
    socket.write(await answer(question));
  }
}
// #endregion

for (const [name, serve] of Object.entries({ byListener, byLoop })) {
  const server = createServer({ noDelay: true }, serve).listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write("300");
  await setTimeout(100); // or both would come in one chunk
  socket.write("1");
  let answers = "";
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    answers += chunk;
    if (answers.split(" ").length > 2) break;
  }
  console.log(`${name}: asked 300 1, answered ${answers}`);
  socket.destroy();
  server.close();
}
