/**
 * Wrong, own: says of each failure that the port is taken, and adds the reason.
 *
 * Says: "which must not say "taken": the system answered EACCES"
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
  const clients = new Set<string>();
  server.on("connection", (socket) => {
    const client = `${socket.remoteAddress}:${socket.remotePort}`;
    clients.add(client);
    socket.on("close", () => clients.delete(client));
  });

  server.listen(port, "127.0.0.1");
  await once(server, "listening").catch((error) => {
    const reason = error.code === "EADDRINUSE"
      ? "the port is taken"
      : error.code === "EACCES"
      ? "that is not allowed"
      : error.message;
    throw new Error(`Cannot listen on 127.0.0.1:${port}, maybe taken: ${reason}`);
  });
  const at = server.address() as AddressInfo;
  return { host: at.address, port: at.port, clients: () => [...clients] };
}
