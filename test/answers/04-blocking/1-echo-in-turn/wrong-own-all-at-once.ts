/**
 * Wrong, own: serves everyone at once, over a selector.
 *
 * Says: "it serves several clients at once"
 *
 * @module
 */
import process from "node:process";
import { EVENT_READ, PollSelector } from "#berkeley/selectors.ts";
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

const selector = new PollSelector();
selector.register(listener, EVENT_READ, undefined);
for (;;) {
  for (const [key] of selector.select()) {
    if (key.fileobj === listener) selector.register(listener.accept()[0], EVENT_READ, undefined);
    else echo(key.fileobj as Socket);
  }
}

function echo(conn: Socket): void {
  let bytes: Uint8Array = new Uint8Array();
  try {
    bytes = conn.recv(65536);
    conn.sendall(bytes);
  } catch {
    // gone
  }
  if (bytes.length > 0) return;
  selector.unregister(conn);
  conn.close();
}
