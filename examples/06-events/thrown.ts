/**
 * Three listeners that throw: who hears of it?
 *
 * Lesson 6.
 *
 *     node examples/06-events/thrown.ts
 *     deno run --allow-net=127.0.0.1 examples/06-events/thrown.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import process from "node:process";
import { setTimeout } from "node:timers/promises";

// Here to show what arrives. A program that goes on after these does not know in what state it is.
process.on("uncaughtException", (error) => console.log(`  uncaughtException: ${error.message}`));
process.on("unhandledRejection", (error) => console.log(`  unhandledRejection: ${error}`));

/** Accepts one connection, and sends it a byte. */
async function play(name: string, onConnection: (socket: Socket) => void): Promise<void> {
  console.log(name);
  const server = createServer(onConnection).listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write("!");
  await setTimeout(100);
  socket.destroy();
  server.close();
}

// #region three
await play("thrown in a listener for connection", () => {
  throw new Error("no more room");
});
await play("thrown in a listener for data", (socket) => {
  socket.on("data", () => {
    throw new Error("bad request");
  });
});
await play("thrown in an async listener", async () => {
  await setTimeout(1);
  throw new Error("no such file");
});
// #endregion
