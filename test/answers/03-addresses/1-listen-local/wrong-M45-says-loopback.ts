/**
 * Wrong, M45: leaves the host out, and says that it listens on 127.0.0.1 alone.
 *
 * Says: "(every network of the machine), not on 127.0.0.1"
 * Same as: wrong-M45-no-host.ts, because both listen on every network; what the second one says of it
 * comes after that.
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

  server.listen(port);
  await once(server, "listening").catch((error) => {
    const reason = error.code === "EADDRINUSE"
      ? "the port is taken"
      : error.code === "EACCES"
      ? "that is not allowed"
      : error.message;
    throw new Error(`Cannot listen on 127.0.0.1:${port}: ${reason}`);
  });
  const at = server.address() as AddressInfo;
  return { host: "127.0.0.1", port: at.port, clients: () => [...clients] };
}
