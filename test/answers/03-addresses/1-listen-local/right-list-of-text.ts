/**
 * Right: a list of text, out of which a client is cut by its index.
 *
 * Refused by a test that wants the same list at every call, or another one.
 *
 * @module
 */
import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";

export interface LocalServer {
  host: string;
  port: number;
  clients(): string[];
}

export async function listenLocal(server: Server, port = 0): Promise<LocalServer> {
  const clients: string[] = [];
  server.on("connection", ({ remoteAddress, remotePort }) => {
    clients.push(`${remoteAddress}:${remotePort}`);
  }).on("connection", (socket) => {
    const client = `${socket.remoteAddress}:${socket.remotePort}`;
    socket.on("close", () => clients.splice(clients.indexOf(client), 1));
  });

  server.listen(port, "127.0.0.1");
  await once(server, "listening").catch((error) => {
    const reason = error.code === "EADDRINUSE"
      ? "the port is taken"
      : error.code === "EACCES"
      ? "that is not allowed"
      : error.message;
    throw new Error(`Cannot listen on 127.0.0.1:${port}: ${reason}`);
  });
  const at = server.address() as AddressInfo;
  return { host: at.address, port: at.port, clients: () => clients };
}
