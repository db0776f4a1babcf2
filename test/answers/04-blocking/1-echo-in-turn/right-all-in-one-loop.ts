/**
 * Right: everything in two loops, create_server(), and shutdown() before close().
 *
 * Refused by a test that allows no FIN of its own before close(), or wants SO_REUSEADDR unset.
 *
 * @module
 */
import process from "node:process";
import { create_server, SHUT_WR, type Socket } from "#berkeley/socket.ts";

const port = Number(process.argv[2] ?? 65432);

let server: Socket<[string, number]> | undefined;
try {
  server = create_server(["127.0.0.1", port], { backlog: 1000 });
  const [host, realPort] = server.getsockname();
  console.log(`Listening on ${host}:${realPort}`);
} catch {
  console.error(`Port ${port} is taken`);
  process.exitCode = 2;
}

while (server) {
  const [conn] = server.accept();
  try {
    let bytes: Uint8Array;
    while ((bytes = conn.recv(4096)).length > 0) conn.sendall(bytes);
    conn.shutdown(SHUT_WR);
  } catch {
    // the client is gone
  } finally {
    conn.close();
  }
}
