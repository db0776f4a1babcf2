/**
 * Wrong, M40: waits for the server to listen, and for nothing that can go wrong with it.
 *
 * Says: "did not fail within"
 *
 * @module
 */
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
  server.on("error", (error) => console.error(error.message));
  await new Promise<void>((resolve) => server.once("listening", resolve));
  const at = server.address() as AddressInfo;
  return { host: at.address, port: at.port, clients: () => [...clients] };
}
