/**
 * A server that only this machine can reach, and that knows where it is and who is there.
 *
 * @module
 */
import type { Server } from "node:net";
// #region cut
import { once } from "node:events";
// #endregion

/** Where a server listens, and who is connected to it. */
export interface LocalServer {
  /** The address on which it listens, as the operating system gave it: `"127.0.0.1"` */
  host: string;
  /** The port on which it listens, as the operating system gave it; so never 0 */
  port: number;
  /**
   * Who is connected at this moment: address and port of each client's own end, as in
   * `"127.0.0.1:40512"`, in the order in which they came.
   */
  clients(): string[];
}

/**
 * Has a server listen on 127.0.0.1, where programs on this machine reach it and nobody else does.
 *
 * Whoever connects is in the list of clients until the connection is closed, in whichever way that
 * comes about; a client that only sends no more is still there. Two clients are two entries, also
 * when both are programs on one machine.
 *
 * The message of an error is a sentence for people, in capitals or not. It names address and port,
 * as in `127.0.0.1:80`, and says that the port is "taken" when somebody listens there already (the
 * system's code is EADDRINUSE), and only then; that it is "not allowed" when the system keeps the
 * port for others (EACCES), and only then; and in every other case it contains what the system's own
 * message said.
 *
 * @param server A server that does not listen yet. It answers its clients by itself: what it does
 * with a connection is not your concern
 * @param port The port to listen on, and no other; with 0, or without it, the system chooses a free
 * one
 * @returns Settles when the server listens
 * @throws {Error} When it cannot listen there
 */
export async function listenLocal(server: Server, port = 0): Promise<LocalServer> {
  // #region todo Listen, wait until it does or cannot, and keep the list of clients
  const clients = new Set<string>();
  server.on("connection", (socket) => {
    // Noted now: a socket that is first asked after its close no longer knows. The address alone
    // would not do, since all clients have the same, and our own port is the same for all, too.
    const client = `${socket.remoteAddress}:${socket.remotePort}`;
    clients.add(client);
    // Not "end": after a reset there is none.
    socket.on("close", () => clients.delete(client));
  });

  server.listen(port, "127.0.0.1");
  try {
    // Rejects when "error" comes instead.
    await once(server, "listening");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reasons: Record<string, string> = {
      EADDRINUSE: "the port is taken",
      EACCES: "that is not allowed, since the system keeps this port for others",
    };
    throw new Error(`Cannot listen on 127.0.0.1:${port}: ${reasons[code ?? ""] ?? message}`);
  }

  // Before "listening" this is null. Only the system knows what became of port 0.
  const at = server.address();
  if (at === null || typeof at === "string") throw new Error(`Not a TCP address: ${at}`);
  return { host: at.address, port: at.port, clients: () => [...clients] };
  // #endregion
}
