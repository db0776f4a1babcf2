/**
 * Wrong, M46: cures a taken port with an option, and two servers share it.
 *
 * Says: "as if all were well, although the first server has this port"
 * Same as: wrong-M46-tries-the-next-port.ts, because both succeed where they have to fail.
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

  server.listen({ port, host: "127.0.0.1", reusePort: true });
  await once(server, "listening").catch((error) => {
    const reason = error.code === "EADDRINUSE"
      ? "the port is taken"
      : error.code === "EACCES"
      ? "that is not allowed"
      : error.message;
    throw new Error(`Cannot listen on 127.0.0.1:${port}: ${reason}`);
  });
  const at = server.address() as AddressInfo;
  return { host: at.address, port: at.port, clients: () => [...clients] };
}
