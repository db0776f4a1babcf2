/**
 * Right: a class, whose list is cleaned up when somebody asks for it.
 *
 * Refused by a test that wants a plain object, or its fields in a certain order.
 *
 * @module
 */
import { once } from "node:events";
import type { AddressInfo, Server, Socket } from "node:net";
import { finished } from "node:stream";

export interface LocalServer {
  host: string;
  port: number;
  clients(): string[];
}

class Failure extends Error {
  constructor(port: number, cause: NodeJS.ErrnoException) {
    const words: Record<string, string> = { EADDRINUSE: "taken", EACCES: "not allowed" };
    const why = words[cause.code ?? ""] ?? cause.message;
    super(`No server on 127.0.0.1:${port} (${why})`, { cause });
  }
}

class Local implements LocalServer {
  readonly #server: Server;
  readonly #sockets: Map<Socket, string>;

  constructor(server: Server, sockets: Map<Socket, string>) {
    this.#server = server;
    this.#sockets = sockets;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get host(): string {
    return (this.#server.address() as AddressInfo).address;
  }

  clients(): string[] {
    return [...this.#sockets.values()];
  }
}

export async function listenLocal(server: Server, port = 0): Promise<LocalServer> {
  server.listen(port, "127.0.0.1");
  const sockets = new Map<Socket, string>();
  server.on("connection", (socket) => {
    sockets.set(socket, `${socket.remoteAddress}:${socket.remotePort}`);
    finished(socket, () => sockets.delete(socket));
  });
  const failure = await Promise.race([once(server, "listening"), once(server, "error")]).then(
    ([error]) => error as NodeJS.ErrnoException | undefined,
    (error: NodeJS.ErrnoException) => error,
  );
  if (failure) throw new Failure(port, failure);
  return new Local(server, sockets);
}
