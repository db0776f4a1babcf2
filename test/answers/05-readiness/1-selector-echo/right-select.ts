/**
 * Right: hands select() the lists of those that read and those that are owed, made anew each time.
 *
 * Refused by a test that wants more than a thousand clients, which select() cannot take.
 *
 * @module
 */
import process from "node:process";
import { BlockingIOError, OSError } from "#berkeley/errors.ts";
import { select } from "#berkeley/select.ts";
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
const owed = new Map<Socket, Uint8Array>();

function receive(conn: Socket): void {
  const bytes = conn.recv(65536);
  if (bytes.length > 0) owed.set(conn, bytes);
  else leave(conn);
}

function send(conn: Socket): void {
  const bytes = owed.get(conn)!;
  owed.set(conn, bytes.subarray(conn.send(bytes)));
}

function leave(conn: Socket): void {
  owed.delete(conn);
  conn.close();
}

function attempt(conn: Socket, step: (conn: Socket) => void): void {
  try {
    step(conn);
  } catch (error) {
    if (!(error instanceof BlockingIOError)) leave(conn);
  }
}

const listener = listen();
listener.setblocking(false);
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);
for (;;) {
  const all = [...owed.keys()];
  const readers = all.filter((conn) => owed.get(conn)!.length === 0);
  const writers = all.filter((conn) => owed.get(conn)!.length > 0);
  const [readable, writable] = select([listener, ...readers], writers, []);
  for (const conn of writable) attempt(conn, send);
  for (const conn of readable) {
    if (conn !== listener) attempt(conn, receive);
  }
  if (readable.includes(listener)) {
    const [conn] = listener.accept();
    conn.setblocking(false);
    owed.set(conn, new Uint8Array());
  }
}
