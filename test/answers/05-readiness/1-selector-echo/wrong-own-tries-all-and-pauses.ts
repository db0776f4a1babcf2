/**
 * Wrong, own: has no selector: it tries each socket in turn, and pauses for 10 ms when none had
 * anything.
 *
 * Says: "with nothing to do, while nobody was connected"
 *
 * @module
 */
import process from "node:process";
import { create_server, type Socket } from "#berkeley/socket.ts";
import { BlockingIOError, OSError } from "#berkeley/errors.ts";
import { select } from "#berkeley/select.ts";

const port = Number(process.argv[2] ?? 65432);
let listener: Socket;
try {
  listener = create_server(["127.0.0.1", port]);
} catch (error) {
  console.error(`Cannot listen: ${(error as OSError).message}`);
  process.exit(1);
}
listener.setblocking(false);
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);
const clients = new Map<Socket, Uint8Array>();
function unless<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (e) {
    if (e instanceof BlockingIOError) return undefined;
    throw e;
  }
}
for (;;) {
  const acc = unless(() => listener.accept());
  if (acc) {
    acc[0].setblocking(false);
    clients.set(acc[0], new Uint8Array());
  }
  let busy = acc !== undefined;
  for (const [sock, owed] of clients) {
    try {
      let rest = owed;
      if (rest.length === 0) {
        const got = unless(() => sock.recv(65536));
        if (!got) continue;
        busy = true;
        if (got.length === 0) {
          clients.delete(sock);
          sock.close();
          continue;
        }
        rest = got;
      }
      const n = unless(() => sock.send(rest)) ?? 0;
      if (n > 0) busy = true;
      clients.set(sock, rest.subarray(n));
    } catch (e) {
      if (!(e instanceof OSError)) throw e;
      clients.delete(sock);
      sock.close();
    }
  }
  if (!busy) select([], [], [], 0.01);
}
