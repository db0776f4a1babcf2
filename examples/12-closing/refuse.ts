/**
 * A client sends 16 MiB before it reads anything, and is refused in three ways.
 *
 * Lesson 12.
 *
 *     node examples/12-closing/refuse.ts
 *     deno run --allow-net=127.0.0.1 examples/12-closing/refuse.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

const upload = new Uint8Array(16 << 20);

// #region ways
await play("write(), destroy()", (socket) => {
  socket.write("refused\n");
  socket.destroy();
});

await play("end(), destroyed when that is done", (socket) => {
  socket.end("refused\n", () => socket.destroy());
});

await play("end(), and reading on", (socket) => {
  socket.end("refused\n");
  socket.resume(); // what comes is read, and dropped
});
// #endregion

/** Has a server refuse after the first chunk, and prints what the client made of it. */
async function play(how: string, refuse: (socket: Socket) => void): Promise<void> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("error", () => {});
    socket.once("data", () => refuse(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  console.log(`${how}:`);
  console.log(`  ${await send(port)}`);
  server.close();
}

// #region client
/** Sends everything, then reads everything: no listener for "data" until the upload is out. */
async function send(port: number): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  try {
    socket.end(upload);
    await once(socket, "finish");
    let reply = "";
    for await (const bytes of socket) reply += bytes;
    return `sent everything, and received ${JSON.stringify(reply)}`;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    // Which of the two it is depends on what the kernel was doing when the reset came.
    return ["ECONNRESET", "EPIPE"].includes(code) ? "was reset, and received nothing" : code;
  }
}
// #endregion
