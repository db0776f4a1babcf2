/**
 * Right: a promise around the two events, and the sockets themselves in a list.
 *
 * Refused by a test that wants the list to be kept as text.
 *
 * @module
 */
import type { AddressInfo, Server, Socket } from "node:net";

export interface LocalServer {
  host: string;
  port: number;
  clients(): string[];
}

export function listenLocal(server: Server, port = 0): Promise<LocalServer> {
  const here: { socket: Socket; name: string }[] = [];
  server.on("connection", (socket) => {
    here.push({ socket, name: [socket.remoteAddress, socket.remotePort].join(":") });
  });
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const where = `127.0.0.1:${port}`;
      if (error.code === "EADDRINUSE") reject(new Error(`${where} is taken.`));
      else if (error.code === "EACCES") reject(new Error(`Listening on ${where} is not allowed.`));
      else reject(error);
    });
    server.listen({ host: "127.0.0.1", port }, () => {
      const { address: host, port } = server.address() as AddressInfo;
      const clients = () => here.filter(({ socket }) => !socket.destroyed).map(({ name }) => name);
      resolve({ host, port, clients });
    });
  });
}
