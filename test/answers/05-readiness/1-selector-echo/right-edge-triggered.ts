/**
 * Right: has epoll tell of changes alone, so it reads and sends until there is no more.
 *
 * Refused by a test that wants each client to get one call at a time.
 *
 * @module
 */
import process from "node:process";
import { BlockingIOError, OSError } from "#berkeley/errors.ts";
import { epoll, EPOLLET, EPOLLIN, EPOLLOUT } from "#berkeley/select.ts";
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

const set = epoll();
const turns = new Map<number, () => void>();

/** Makes a call until it would wait; then there will be an edge. */
function untilItWaits(call: () => void): void {
  try {
    for (;;) call();
  } catch (error) {
    if (!(error instanceof BlockingIOError)) throw error;
  }
}

function serve(conn: Socket): void {
  conn.setblocking(false);
  const fd = conn.fileno();
  let owed: Uint8Array = new Uint8Array();
  let open = true;
  const leave = () => {
    open = false;
    turns.delete(fd);
    conn.close();
  };
  const step = () => {
    if (!open) throw new BlockingIOError("gone", { syscall: "recv" });
    if (owed.length === 0) {
      owed = conn.recv(65536);
      if (owed.length === 0) return leave();
    }
    owed = owed.subarray(conn.send(owed));
  };
  turns.set(fd, () => {
    try {
      untilItWaits(step);
    } catch {
      leave();
    }
  });
  set.register(conn, EPOLLIN | EPOLLOUT | EPOLLET);
}

const listener = listen();
listener.setblocking(false);
set.register(listener, EPOLLIN | EPOLLET);
turns.set(listener.fileno(), () => untilItWaits(() => serve(listener.accept()[0])));
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);
for (;;) {
  for (const [fd] of set.poll()) turns.get(fd)?.();
}
