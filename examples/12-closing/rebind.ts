/**
 * A server has ended its connection first and closed. Who may have its port, with SO_REUSEADDR or
 * without?
 *
 * Lesson 12.
 *
 *     node examples/12-closing/rebind.ts
 *     deno run --allow-ffi examples/12-closing/rebind.ts
 *
 * @module
 */
import { OSError } from "#berkeley/errors.ts";
import {
  AF_INET,
  SO_REUSEADDR,
  SOCK_STREAM,
  type Socket,
  socket,
  SOL_SOCKET,
} from "#berkeley/socket.ts";

for (const first of [false, true]) {
  for (const second of [false, true]) {
    const which = first && second
      ? "set by both"
      : first
      ? "set by the first alone"
      : second
      ? "set by the second alone"
      : "set by neither";
    console.log(`SO_REUSEADDR ${which}: ${again(leaveTimeWait(first), second)}`);
  }
}
using listener = listen(0, true);
console.log(`set by both, and the first still listens: ${again(listener.getsockname()[1], true)}`);

// #region leave
/** Listens, ends a connection before its client does, and closes. Gives the port. */
function leaveTimeWait(reuse: boolean): number {
  using listener = listen(0, reuse);
  const [host, port] = listener.getsockname();
  using client = socket(AF_INET, SOCK_STREAM);
  client.connect([host, port]);
  const [server] = listener.accept();
  server.close();
  client.recv(100);
  return port;
}
// #endregion

function listen(port: number, reuse: boolean): Socket<[string, number]> {
  const listener = socket(AF_INET, SOCK_STREAM);
  if (reuse) listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1);
  try {
    listener.bind(["127.0.0.1", port]);
    listener.listen();
    return listener;
  } catch (error) {
    listener.close();
    throw error;
  }
}

/** What comes of listening on a port that somebody had, or has. */
function again(port: number, reuse: boolean): string {
  try {
    listen(port, reuse).close();
    return "it listens";
  } catch (error) {
    if (!(error instanceof OSError)) throw error;
    return String(error.code);
  }
}
