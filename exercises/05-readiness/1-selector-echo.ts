/**
 * An echo service for many clients in one thread, over a selector: no call waits but the selector's.
 *
 *     node exercises/05-readiness/1-selector-echo.ts [port]
 *     deno run --allow-ffi exercises/05-readiness/1-selector-echo.ts [port]
 *
 * - It listens on 127.0.0.1 and nowhere else, on the port that it is given: 65432 when it is given
 *   none, any free one for 0. Once it listens, it prints `Listening on 127.0.0.1:PORT` with the real
 *   port. When the port is taken, it says so in one line and ends with an exit code other than 0.
 * - It sends back every byte as it came, to as many clients as there are, all of them at once.
 * - A client that sends and does not read is nobody's concern but its own: the others are served,
 *   and the memory does not grow with what it sends. When it reads again, it gets all of its echo.
 * - When a client has half-closed, it sends what it still owes that client, and then it ends, too.
 * - A client that resets its connection is no reason to stop.
 * - While there is nothing to do it sleeps: whoever is connected, silent, slow or gone, it uses no
 *   CPU time. Of clients that have left it keeps nothing, in the selector or open.
 * - SIGTERM ends it.
 *
 * It is done with the sockets of `#berkeley/socket.ts`, not with `node:net` or Deno's own.
 *
 * @module
 */
import process from "node:process";
import { create_server, type Socket } from "#berkeley/socket.ts";
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from "#berkeley/selectors.ts";

const port = Number(process.argv[2] ?? 65432);

// TODO: Listen on 127.0.0.1, wait for all sockets at once, and send every client's bytes back
throw new Error("Not written yet");
