/**
 * Right: generators that give clients, and chunks, one at a time.
 *
 * Refused by a test that wants the socket to be closed by `using`, or before the generator is.
 *
 * @module
 */
import process from "node:process";
import { OSError } from "#berkeley/errors.ts";
import { AF_INET, SOCK_STREAM, type Socket, socket } from "#berkeley/socket.ts";

const port = Number(process.argv[2] ?? 65432);

using listener = socket(AF_INET, SOCK_STREAM);
try {
  listener.bind(["127.0.0.1", port]);
  listener.listen();
} catch (error) {
  console.error(`Cannot listen on port ${port}: ${(error as Error).message}`);
  process.exit(1);
}
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);

for (const conn of clients(listener)) {
  try {
    for (const bytes of chunks(conn)) conn.sendall(bytes);
  } catch (error) {
    if (!(error instanceof OSError)) throw error;
  }
}

function* clients(listener: Socket): Generator<Socket> {
  for (;;) {
    const [conn] = listener.accept();
    yield conn;
    conn.close();
  }
}

function* chunks(conn: Socket): Generator<Uint8Array> {
  for (let bytes = conn.recv(10_000); bytes.length > 0; bytes = conn.recv(10_000)) yield bytes;
}
