/**
 * Connects without waiting, twice: to a server, and to a port where nobody listens.
 *
 * Lesson 5.
 *
 *     node examples/05-readiness/connect-in-progress.ts
 *     deno run --allow-ffi examples/05-readiness/connect-in-progress.ts
 *
 * @module
 */
import { constants } from "node:os";
import { select } from "#berkeley/select.ts";
import {
  AF_INET,
  create_server,
  type InetAddress,
  SO_ERROR,
  SOCK_STREAM,
  socket,
  SOL_SOCKET,
} from "#berkeley/socket.ts";

using listener = create_server(["127.0.0.1", 0]);
const address = listener.getsockname();
console.log("To a server:");
tryToConnect(address);

listener.close();
console.log("To the same port, where nobody listens any more:");
tryToConnect(address);

function tryToConnect(address: InetAddress): void {
  // #region connect
  using client = socket(AF_INET, SOCK_STREAM);
  client.setblocking(false);
  // connect_ex() returns the number of the error that connect() would throw.
  console.log(`  connect()  ${nameOf(client.connect_ex(address))}`);

  // It becomes writable when there is an answer, whatever that is. One could wait for others, too.
  const [, writable] = select([], [client], [], 5);
  console.log(`  writable   ${writable.length > 0}`);

  // Asking clears it: the second time, there is no error any more.
  console.log(`  SO_ERROR   ${nameOf(client.getsockopt(SOL_SOCKET, SO_ERROR))}`);
  console.log(`  once more  ${nameOf(client.getsockopt(SOL_SOCKET, SO_ERROR))}`);
  // #endregion
}

/** What the number of an error is called: 111 is ECONNREFUSED on Linux alone. */
function nameOf(errno: number): string {
  const names = Object.entries(constants.errno);
  return names.find(([, number]) => number === errno)?.[0] ?? `${errno}, no error`;
}
