/**
 * Wrong, own: asks every socket in turn without waiting for any.
 *
 * Says: "it did not sleep while nobody was connected"
 *
 * @module
 */
import process from "node:process";
import { BlockingIOError, OSError } from "#berkeley/errors.ts";
import { create_server, type Socket } from "#berkeley/socket.ts";

const port = Number(process.argv[2] ?? 65432);

function listen(): Socket {
  try {
    return create_server(["127.0.0.1", port]);
  } catch (error) {
    console.error(`Cannot listen on port ${port}: ${(error as OSError).code}`);
    process.exit(1);
  }
}

/** What each client is owed. */
const clients = new Map<Socket, Uint8Array>();

/** Makes a call; undefined when it would wait. */
function attempt<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if (error instanceof BlockingIOError) return undefined;
    throw error;
  }
}

function turn(conn: Socket, owed: Uint8Array): void {
  const bytes = owed.length > 0 ? owed : attempt(() => conn.recv(65536));
  if (!bytes) return;
  if (bytes.length === 0) return leave(conn);
  clients.set(conn, bytes.subarray(attempt(() => conn.send(bytes)) ?? 0));
}

function leave(conn: Socket): void {
  clients.delete(conn);
  conn.close();
}

const listener = listen();
listener.setblocking(false);
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);
for (;;) {
  const accepted = attempt(() => listener.accept());
  accepted?.[0].setblocking(false);
  if (accepted) clients.set(accepted[0], new Uint8Array());
  for (const [conn, owed] of clients) {
    try {
      turn(conn, owed);
    } catch {
      leave(conn);
    }
  }
}
