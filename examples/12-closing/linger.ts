/**
 * What close() waits for when SO_LINGER makes it wait: for the other kernel, not for its program.
 *
 * Lesson 12.
 *
 *     node examples/12-closing/linger.ts
 *     deno run --allow-ffi examples/12-closing/linger.ts
 *
 * @module
 */
import {
  AF_INET,
  create_server,
  SO_LINGER,
  SO_SNDBUF,
  SOCK_STREAM,
  socket,
  SOL_SOCKET,
} from "#berkeley/socket.ts";
import { pack } from "#berkeley/struct.ts";

close("without SO_LINGER, 1000 bytes", 1000);
close("SO_LINGER of 1 s, 1000 bytes", 1000, 1);
close("SO_LINGER of 1 s, more than is taken", 4_000_000, 1);

/** Sends to a client that reads nothing, and closes. */
function close(how: string, size: number, lingerSeconds?: number): void {
  using listener = create_server(["127.0.0.1", 0]);
  using client = socket(AF_INET, SOCK_STREAM);
  client.connect(listener.getsockname());
  const [server] = listener.accept();
  server.setsockopt(SOL_SOCKET, SO_SNDBUF, 8_000_000);
  server.setblocking(false);
  // #region linger
  server.send(new Uint8Array(size));
  server.setblocking(true);
  if (lingerSeconds) server.setsockopt(SOL_SOCKET, SO_LINGER, pack("ii", 1, lingerSeconds));
  const begun = performance.now();
  server.close();
  const ms = performance.now() - begun;
  // #endregion
  const waited = ms < 500 ? "at once" : "only when its time was over";
  console.log(`${how}: close() returned ${waited}`);
}
