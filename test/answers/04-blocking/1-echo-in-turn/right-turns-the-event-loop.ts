/**
 * Right: looks up four times a second, so that a handler for SIGTERM can run, and ends in order.
 *
 * Refused by a test that takes a time limit on accept() for one on the clients, or wants the signal
 * to be the cause of the end.
 *
 * @module
 */
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { TimeoutError } from "#berkeley/errors.ts";
import { create_server, type Socket } from "#berkeley/socket.ts";

const port = Number(process.argv[2] ?? 65432);
const limitSeconds = 0.25;
let stopped = false;

process.on("SIGTERM", () => stopped = true);

try {
  using server = create_server(["127.0.0.1", port]);
  server.settimeout(limitSeconds);
  console.log(`Listening on 127.0.0.1:${server.getsockname()[1]}`);
  while (!stopped) {
    const conn = orLater(() => server.accept()[0]);
    if (conn) await echo(conn);
    else await setTimeout(10);
  }
} catch (error) {
  console.error(`Cannot serve: ${(error as Error).message}`);
  process.exitCode = 1;
}

/** What a call gives, or undefined when its time was over. */
function orLater<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if (error instanceof TimeoutError && error.code === undefined) return undefined;
    throw error;
  }
}

async function echo(conn: Socket): Promise<void> {
  using _closing = conn;
  try {
    while (!stopped) {
      conn.settimeout(limitSeconds);
      const bytes = orLater(() => conn.recv(65536));
      conn.settimeout(null);
      if (bytes?.length === 0) return;
      if (bytes) conn.sendall(bytes);
      else await setTimeout(10);
    }
  } catch {
    // the client's affair
  }
}
