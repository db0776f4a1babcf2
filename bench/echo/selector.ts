/**
 * An echo server on `berkeley/`'s selectors.
 *
 *     node bench/echo/selector.ts [backlog]
 *     deno run --allow-ffi bench/echo/selector.ts [backlog]
 *
 * While an answer does not fit into the kernel's buffer, its client is not read.
 *
 * @module
 */
import process from "node:process";
import { BlockingIOError } from "#berkeley/errors.ts";
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from "#berkeley/selectors.ts";
import { create_server, Socket } from "#berkeley/socket.ts";

/** One for all clients: what is not sent from it is copied before the next read. */
const buffer = new Uint8Array(65536);
/** What is left of a client's answer goes with its socket; null when all of it was sent. */
const selector = new DefaultSelector<Uint8Array | null>();
const listener = create_server(["127.0.0.1", 0], { backlog: Number(process.argv[2] ?? 511) });
listener.setblocking(false);
selector.register(listener, EVENT_READ, null);
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);

for (;;) {
  for (const [{ fileobj, data }] of selector.select()) {
    const conn = fileobj as Socket;
    try {
      if (conn === listener) accept();
      else if (data) sendRest(conn, data);
      else readAndAnswer(conn);
    } catch (error) {
      if (error instanceof BlockingIOError) continue;
      if (conn === listener) throw error;
      drop(conn);
    }
  }
}

function accept(): void {
  const [conn] = listener.accept();
  conn.setblocking(false);
  selector.register(conn, EVENT_READ, null);
}

function readAndAnswer(conn: Socket): void {
  const count = conn.recv_into(buffer);
  if (count === 0) return drop(conn);
  const bytes = buffer.subarray(0, count);
  const sent = sendSome(conn, bytes);
  if (sent < count) selector.modify(conn, EVENT_WRITE, bytes.slice(sent));
}

function sendRest(conn: Socket, rest: Uint8Array): void {
  const sent = sendSome(conn, rest);
  if (sent < rest.length) selector.modify(conn, EVENT_WRITE, rest.subarray(sent));
  else selector.modify(conn, EVENT_READ, null);
}

/** How much the kernel took: none of it when its buffer is full. */
function sendSome(conn: Socket, bytes: Uint8Array): number {
  try {
    return conn.send(bytes);
  } catch (error) {
    if (error instanceof BlockingIOError) return 0;
    throw error;
  }
}

function drop(conn: Socket): void {
  selector.unregister(conn);
  conn.close();
}
