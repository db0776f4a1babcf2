/**
 * An echo server: every byte that a client sends goes back to it unchanged.
 *
 * Lesson 2.
 *
 *     node examples/02-echo/echo-server.ts [port]
 *     deno run --allow-net=127.0.0.1 examples/02-echo/echo-server.ts [port]
 *
 * @module
 */
import { type AddressInfo, createServer } from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

// allowHalfOpen: a client that has said all it has to say may still be listening, so its FIN must
// not end our side. We do that ourselves, below, behind the last byte.
const server = createServer({ allowHalfOpen: true });

// #region listen
server.listen(port, "127.0.0.1", () => {
  // Not before now is there an address to ask for: right after listen() returns it is null.
  const { address, port } = server.address() as AddressInfo;
  console.log(`Listening on ${address}:${port}`);
});

// A port that is taken does not throw. It arrives here, later, as an event.
server.on("error", (error: NodeJS.ErrnoException) => {
  const reason = error.code === "EADDRINUSE" ? "the port is taken" : error.message;
  console.error(`Cannot listen on 127.0.0.1:${port}: ${reason}`);
  process.exitCode = 1;
});
// #endregion

// Called once for each client, with a new socket that talks to this one client alone. The server
// goes on listening, so clients come and go in any order.
server.on("connection", (socket) => {
  // Noted at once: after the close a socket no longer knows who it was connected to. (A client
  // that has reset by now is already unknown, and is logged as undefined.)
  const client = `${socket.remoteAddress}:${socket.remotePort}`;
  console.log(`${client} connected`);

  // Some bytes arrived: part of what the client sent, or all of it, or several sends at once.
  socket.on("data", (bytes) => {
    // False: too much is waiting here to go out. Read no more until that is gone, or a client
    // that sends and never reads fills our memory.
    if (!socket.write(bytes)) socket.pause();
  });
  socket.on("drain", () => socket.resume());

  // #region half-close
  // The client's FIN: it sends no more. end() puts ours behind everything written so far.
  socket.on("end", () => {
    console.log(`${client} sent ${socket.bytesRead} bytes, then its FIN`);
    socket.end();
  });
  // #endregion

  // #region error
  // A reset, most often. Without this listener it would end the whole program, for all clients.
  socket.on("error", (error: NodeJS.ErrnoException) => {
    console.log(`${client} failed: ${error.code}`);
  });
  socket.on("close", () => console.log(`${client} closed`));
  // #endregion
});
