/**
 * Wrong, own: remembers a place in a list that moves when others leave.
 *
 * Says: "(Cleo has reset, too)"
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
  server.on("connection", (socket) => {
    const client = `${socket.remoteAddress}:${socket.remotePort}`;
    const place = clients.push(client) - 1;
    socket.on("close", () => clients.splice(place, 1));
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
  return { host: at.address, port: at.port, clients: () => [...clients] };
}
