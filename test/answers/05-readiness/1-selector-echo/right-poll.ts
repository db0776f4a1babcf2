/**
 * Right: asks poll() instead of a selector, and looks clients up by their number.
 *
 * Refused by a test that looks for epoll among its descriptors.
 *
 * @module
 */
import process from "node:process";
import { BlockingIOError, OSError } from "#berkeley/errors.ts";
import { poll, POLLIN, POLLOUT } from "#berkeley/select.ts";
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

interface Client {
  conn: Socket;
  owed: Uint8Array;
}

const clients = new Map<number, Client>();
const waiting = poll();

function accept(): void {
  const [conn] = listener.accept();
  conn.setblocking(false);
  clients.set(conn.fileno(), { conn, owed: new Uint8Array() });
  waiting.register(conn, POLLIN);
}

function turn(client: Client): void {
  const { conn } = client;
  if (client.owed.length === 0) {
    client.owed = conn.recv(16384);
    if (client.owed.length === 0) return leave(conn);
  }
  client.owed = client.owed.subarray(conn.send(client.owed));
}

function leave(conn: Socket): void {
  waiting.unregister(conn);
  clients.delete(conn.fileno());
  conn.close();
}

const listener = listen();
listener.setblocking(false);
waiting.register(listener, POLLIN);
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);
for (;;) {
  for (const [fd] of waiting.poll()) {
    const client = clients.get(fd);
    try {
      if (client) turn(client);
      else accept();
    } catch (error) {
      if (client && !(error instanceof BlockingIOError)) leave(client.conn);
    }
    if (client && clients.has(fd)) waiting.modify(fd, client.owed.length > 0 ? POLLOUT : POLLIN);
  }
}
