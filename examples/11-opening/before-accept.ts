/**
 * A connection stands before anybody has accepted it: each call of both sides, and the states of
 * both sockets, as the kernel tells them.
 *
 * Lesson 11.
 *
 *     node examples/11-opening/before-accept.ts
 *     deno run --allow-ffi examples/11-opening/before-accept.ts
 *
 * @module
 */
import { AF_INET, SOCK_STREAM, type Socket, socket } from "#berkeley/socket.ts";
import { tcp_info } from "#berkeley/tcp-info.ts";

using listener = socket(AF_INET, SOCK_STREAM);
using client = socket(AF_INET, SOCK_STREAM);

function show(call: string): void {
  const [here, there] = [stateOf(listener), stateOf(client)];
  console.log(`${call.padEnd(26)} ${here.padEnd(20)} ${there}`);
}

/** The state of a socket; of a listener also how many connections wait in its queue. */
function stateOf(sock: Socket): string {
  const { state, unacked } = tcp_info(sock);
  return state === "LISTEN" ? `LISTEN, ${unacked} waiting` : state;
}

show("");
// #region calls
listener.bind(["127.0.0.1", 0]);
listener.listen();
show("listener: listen()");

client.connect(listener.getsockname()); // returns, and nobody has called accept()
show("client: connect()");

client.sendall(new TextEncoder().encode("Hello, server!")); // nor has anybody now
show("client: sendall()");

const [conn] = listener.accept();
show("listener: accept()");
const text = new TextDecoder().decode(conn.recv(100));
console.log(`The new socket is ${stateOf(conn)}, and reads "${text}"`);
// #endregion
conn.close();
