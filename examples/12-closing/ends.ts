/**
 * Who ends first, and at which end TIME-WAIT stays.
 *
 * Lesson 12.
 *
 *     node examples/12-closing/ends.ts
 *     deno run --allow-ffi --allow-run=ss --allow-env=NODE_V8_COVERAGE examples/12-closing/ends.ts
 *
 * @module
 */
import { spawnSync } from "node:child_process";
import {
  AF_INET,
  create_server,
  SO_LINGER,
  SOCK_STREAM,
  type Socket,
  socket,
  SOL_SOCKET,
} from "#berkeley/socket.ts";
import { pack } from "#berkeley/struct.ts";

/** Where ss may lie. (Deno reads NODE_V8_COVERAGE whenever node:child_process starts a program.) */
const env = { PATH: "/usr/bin:/bin:/usr/sbin:/sbin" };

// #region ways
end("the client ends first", (client, server) => {
  client.close();
  server.recv(100); // nothing: the client's FIN
  server.close();
});

end("the server ends first", (client, server) => {
  server.close();
  client.recv(100);
  client.close();
});

end("the server resets, by SO_LINGER with 0 seconds", (client, server) => {
  server.setsockopt(SOL_SOCKET, SO_LINGER, pack("ii", 1, 0));
  server.close();
  client.close();
});
// #endregion

/** Makes a connection, has it ended, and prints what is left of it. */
function end(how: string, inOrder: (client: Socket, server: Socket) => void): void {
  using listener = create_server(["127.0.0.1", 0]);
  const [, port] = listener.getsockname();
  const client = socket(AF_INET, SOCK_STREAM);
  client.connect(["127.0.0.1", port]);
  const [server, [, from]] = listener.accept();
  inOrder(client, server);
  console.log(`${how}:`);
  console.log(`  client  ${ask(from, port)}`);
  console.log(`  server  ${ask(port, from)}`);
}

function ask(local: number, peer: number): string {
  const words = ["-tanH", "state", "time-wait", `( sport = :${local} and dport = :${peer} )`];
  const { stdout } = spawnSync("ss", words, { encoding: "utf8", env });
  const [, , here, there] = stdout.trim().split(/\s+/);
  return stdout ? `TIME-WAIT  ${here} -> ${there}` : "is gone";
}
