/**
 * Two servers ask for port 0, two clients for no port at all: who gets which.
 *
 * Lesson 3.
 *
 *     node examples/03-addresses/port-zero.ts
 *     deno run --allow-net=127.0.0.1 examples/03-addresses/port-zero.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

// #region zero
// 0 is no port: it asks the system for any that is free. Which one that is can only be asked
// afterwards.
async function listen(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port };
}
// #endregion

const first = await listen();
const second = await listen();
console.log(`The first server asked for port 0 and got port ${first.port}`);
console.log(`The second server asked for port 0 and got port ${second.port}`);

// A client names the port to go to. The port that it comes from is the system's choice again.
const ada = await call("Ada", first.server);
const bob = await call("Bob", first.server);

const here = [ada, bob].map(({ localPort }) => localPort);
console.log(`The first server has two connections, and both are at its port ${here[0]}`);
console.log(here[0] === here[1] ? "No new port was opened for them" : "The ports differ");

for (const socket of [ada, bob]) socket.destroy();
first.server.close();
second.server.close();

/** Connects a client, says where both of its ends are, and gives the server's socket. */
async function call(name: string, server: Server): Promise<Socket> {
  const accepted = once(server, "connection") as Promise<[Socket]>;
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  // Its server may be gone before it is: that does not matter here.
  socket.on("error", () => {});
  await once(socket, "connect");
  const { localAddress, localPort, remoteAddress, remotePort } = socket;
  console.log(`${name}: ${localAddress}:${localPort} to ${remoteAddress}:${remotePort}`);
  return (await accepted)[0];
}
