/**
 * Connects without a limit of its own, and waits until the kernel gives up, whose patience is cut
 * short by an option.
 *
 * Lesson 11.
 *
 *     node examples/11-opening/kernel-gives-up.ts
 *     deno run --allow-ffi examples/11-opening/kernel-gives-up.ts
 *
 * @module
 */
import type { OSError } from "#berkeley/errors.ts";
import {
  AF_INET,
  create_server,
  IPPROTO_TCP,
  SOCK_STREAM,
  socket,
  TCP_USER_TIMEOUT,
} from "#berkeley/socket.ts";

// A listener that answers nobody: its queue has room for one.
using listener = create_server(["127.0.0.1", 0], { backlog: 0 });
using filler = socket(AF_INET, SOCK_STREAM);
filler.connect(listener.getsockname());

// #region wait
using client = socket(AF_INET, SOCK_STREAM);
client.setsockopt(IPPROTO_TCP, TCP_USER_TIMEOUT, 500); // in milliseconds; Linux only
const begun = performance.now();
try {
  client.connect(listener.getsockname());
} catch (error) {
  const { code, message } = error as OSError;
  console.log(`${code} after ${Math.round(performance.now() - begun)} ms`);
  console.log(message);
}
// #endregion
