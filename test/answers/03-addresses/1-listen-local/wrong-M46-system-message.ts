/**
 * Wrong, M46: hands the system's message on when the port is taken.
 *
 * Says: "which does not say"
 * Says: "EADDRINUSE"
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
  await once(server, "listening");
  const at = server.address() as AddressInfo;
  return { host: at.address, port: at.port, clients: () => [...clients] };
}
