/**
 * A server that gives every request a time, and every silence.
 *
 *     node exercises/13-errors/3-header-deadline.ts [port] [deadline] [idle]
 *     deno run --allow-net=127.0.0.1 exercises/13-errors/3-header-deadline.ts [port] [deadline] [idle]
 *
 * - It listens on 127.0.0.1 and nowhere else, on the port that it is given: 65432 when it is given
 *   none, any free one for 0. Then it prints `Listening on 127.0.0.1:PORT` with the real port. The
 *   deadline and the idle limit are in milliseconds, 10000 and 60000 when they are left out.
 * - A request is a header: lines that end in LF, and an empty line behind the last one. It has one
 *   line at least that is not empty. It is answered by the line `ok COUNT`: how many lines it had,
 *   without the empty one. A connection carries as many requests as the client likes, one after the
 *   other or several at once, in whatever chunks they come, and the answers come in their order.
 * - A line `work MS` in a header says that the answer to this request takes so many milliseconds, and
 *   is not sent before. None of the two limits counts while an answer is under way.
 * - From the first byte of a header on, all of it must have come when the deadline has passed, however
 *   it comes. Otherwise the client is sent the line `timeout`, and the connection ends: not before the
 *   deadline has passed, and shortly after.
 * - Between two requests, and before the first, a client may be silent for the idle limit. Then the
 *   connection ends without a word, in the same way.
 * - A connection that the server ends, it ends by a FIN, behind all that it has sent. A client that
 *   does not end its own half is not waited for longer than the deadline: then its socket is closed.
 * - When a client has ended (FIN), it gets the answers to all headers that have come whole, and then
 *   the server ends, too. The beginning of a header gets no answer.
 * - A client that resets its connection is no reason to stop.
 * - SIGTERM ends it.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const [port = 65432, deadlineMs = 10_000, idleMs = 60_000] = process.argv.slice(2).map(Number);

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  // TODO: Answer each header, and end who takes longer than the limits allow
  throw new Error("Not written yet");
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
