/**
 * Wrong, own: has one message for every error, in which all reasons stand.
 *
 * Says: "which must not say "not allowed": the first server has this port"
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
    const where = `127.0.0.1:${port}`;
    throw new Error(`${where}: it is taken or not allowed: ${error.message}`);
  });
  const at = server.address() as AddressInfo;
  return { host: at.address, port: at.port, clients: () => [...clients] };
}
