/**
 * Ends a connection step by step, and asks ss for the states of both ends after each.
 *
 * Lesson 12.
 *
 *     node examples/12-closing/step.ts
 *     deno run --allow-ffi --allow-run=ss --allow-env=NODE_V8_COVERAGE examples/12-closing/step.ts
 *
 * @module
 */
import { spawnSync } from "node:child_process";
import { AF_INET, create_server, SHUT_WR, SOCK_STREAM, socket } from "#berkeley/socket.ts";

/** Where ss may lie. (Deno reads NODE_V8_COVERAGE whenever node:child_process starts a program.) */
const env = { PATH: "/usr/bin:/bin:/usr/sbin:/sbin" };

using listener = create_server(["127.0.0.1", 0]);
const [, port] = listener.getsockname();

// #region steps
const client = socket(AF_INET, SOCK_STREAM);
client.connect(["127.0.0.1", port]);
const [server, [, from]] = listener.accept();
show("connected");

client.shutdown(SHUT_WR);
show("the client has ended its direction");

server.sendall(new TextEncoder().encode("still there"));
console.log(`The client receives ${client.recv(100).length} bytes`);
server.shutdown(SHUT_WR);
show("the server has ended its direction, too");

client.close();
server.close();
show("both have closed their sockets");
// #endregion

/** Prints what ss says of both ends. */
function show(when: string): void {
  console.log(`${when}:`);
  console.log(`  client  ${ask(from, port)}`);
  console.log(`  server  ${ask(port, from)}`);
}

function ask(local: number, peer: number): string {
  const words = ["-tanH", "state", "connected", `( sport = :${local} and dport = :${peer} )`];
  const { stdout } = spawnSync("ss", words, { encoding: "utf8", env });
  const [state = "", , , here, there] = stdout.trim().split(/\s+/);
  // In FIN-WAIT-1 the FIN is out and its ACK has not come: that takes 40 ms at most here.
  if (state === "FIN-WAIT-1") return ask(local, peer);
  return state ? `${state.padEnd(10)}  ${here} -> ${there}` : "is gone";
}
