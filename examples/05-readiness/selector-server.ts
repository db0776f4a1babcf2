/**
 * Sends as many bytes as a client asks for, to many clients at once, however slowly they read.
 *
 * Lesson 5.
 *
 *     node examples/05-readiness/selector-server.ts [port]
 *     deno run --allow-ffi examples/05-readiness/selector-server.ts [port]
 *
 * @module
 */
import process from "node:process";
import { BlockingIOError, OSError } from "#berkeley/errors.ts";
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from "#berkeley/selectors.ts";
import { create_server, SHUT_WR, type Socket } from "#berkeley/socket.ts";

const piece = new Uint8Array(65536).fill(46);

// #region loop
const selector = new DefaultSelector<() => void>();

const listener = create_server(["127.0.0.1", Number(process.argv[2] ?? 65432)]);
listener.setblocking(false);
selector.register(listener, EVENT_READ, () => serve(listener.accept()[0]));
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);

for (;;) {
  for (const [key] of selector.select()) {
    try {
      key.data();
    } catch (error) {
      // Whoever would have to wait is waited for again. A client's errors end with its client.
      if (!(error instanceof BlockingIOError)) throw error;
    }
  }
}
// #endregion

/** A client asks for a number of bytes by a line. */
function serve(client: Socket): void {
  client.setblocking(false);
  let line = "";
  const ask = () => {
    const bytes = client.recv(64);
    line += new TextDecoder().decode(bytes);
    // A line may come in pieces. Its end may be the client's end, too; a number is not that long.
    if (bytes.length > 0 && !line.includes("\n") && line.length < 64) return;
    const count = parseInt(line);
    if (count >= 0) answer(client, count);
    else finish(client, "asked for nothing");
  };
  selector.register(client, EVENT_READ, () => attempt(client, ask));
}

// #region answer
function answer(client: Socket, count: number): void {
  let left = count;
  const send = () => {
    left -= client.send(piece.subarray(0, left));
    if (left === 0) finish(client, `got ${count} bytes`);
  };
  // From now on its turn comes when it has room, and until then the others have theirs.
  selector.modify(client, EVENT_WRITE, () => attempt(client, send));
}

function attempt(client: Socket, act: () => void): void {
  try {
    act();
  } catch (error) {
    // One has to wait, or the fault is ours: neither is the client's.
    if (error instanceof BlockingIOError || !(error instanceof OSError)) throw error;
    leave(client, `failed: ${error}`);
  }
}
// #endregion

/** Ends, and reads what comes until the client ends: close() with bytes unread sends a reset. */
function finish(client: Socket, how: string): void {
  client.shutdown(SHUT_WR);
  const drain = () => {
    if (client.recv(65536).length === 0) leave(client, how);
  };
  selector.modify(client, EVENT_READ, () => attempt(client, drain));
}

function leave(client: Socket, how: string): void {
  selector.unregister(client);
  client.close();
  console.log(`a client ${how}`);
}
