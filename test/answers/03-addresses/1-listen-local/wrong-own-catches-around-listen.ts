/**
 * Wrong, own: expects listen() to throw when the port is taken.
 *
 * Says: "threw where no caller could catch it"
 * Same as: wrong-M22-no-error-listener.ts, because an error that nobody listens to is all that comes
of either.
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

  try {
    server.listen(port, "127.0.0.1");
  } catch {
    throw new Error(`Cannot listen on 127.0.0.1:${port}: the port is taken`);
  }
  await new Promise<void>((resolve) => server.once("listening", resolve));
  const at = server.address() as AddressInfo;
  return { host: at.address, port: at.port, clients: () => [...clients] };
}
