/**
 * Who ends first, and at which end TIME-WAIT stays.
 *
 * Lesson 12.
 *
 *     node examples/12-closing/who-has-time-wait.ts
 *     deno run --allow-ffi --allow-run=ss --allow-env=NODE_V8_COVERAGE examples/12-closing/who-has-time-wait.ts
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

const PATH = "/usr/bin:/bin:/usr/sbin:/sbin";

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
  const [server] = listener.accept();
  inOrder(client, server);
  console.log(`${how}:`);
  for (const side of ["dport", "sport"]) {
    const words = ["-tanH", "state", "time-wait", `( ${side} = :${port} )`];
    const { stdout } = spawnSync("ss", words, { encoding: "utf8", env: { PATH } });
    const [, , local, peer] = stdout.trim().split(/\s+/);
    const whose = side === "dport" ? "client" : "server";
    console.log(`  ${whose}  ${stdout ? `TIME-WAIT  ${local} -> ${peer}` : "is gone"}`);
  }
}
