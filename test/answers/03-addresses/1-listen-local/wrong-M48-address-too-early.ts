/**
 * Wrong, M48: asks for the address on the line after listen(), where it is null.
 *
 * Says: "listenLocal() failed: TypeError"
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
  const at = server.address() as AddressInfo;
  await once(server, "listening");
  const { address: host, port: taken } = at;
  return { host, port: taken, clients: () => [...clients] };
}
