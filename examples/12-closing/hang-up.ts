/**
 * Says good-bye to whoever comes, and closes: in order, with bytes unread, or by force.
 *
 * Lesson 12.
 *
 *     node examples/12-closing/hang-up.ts [port] [host] [first|unread|linger-0]
 *     deno run --allow-ffi examples/12-closing/hang-up.ts [port] [host] [first|unread|linger-0]
 *
 * @module
 */
import process from "node:process";
import { create_server, SO_LINGER, SOL_SOCKET } from "#berkeley/socket.ts";
import { pack } from "#berkeley/struct.ts";

const [port = "65432", host = "127.0.0.1", how = "first"] = process.argv.slice(2);

using listener = create_server([host, Number(port)]);
console.log(`Listening on ${listener.getsockname().join(":")}`);
for (;;) {
  const [conn, address] = listener.accept();
  // #region ways
  if (how === "unread") console.log(`Read ${conn.recv(1).length} byte of what came`);
  if (how === "linger-0") conn.setsockopt(SOL_SOCKET, SO_LINGER, pack("ii", 1, 0));
  conn.sendall(new TextEncoder().encode("Good-bye\n"));
  conn.close();
  // #endregion
  console.log(`Closed the connection with ${address.join(":")}`);
}
