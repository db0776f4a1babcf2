/**
 * A calculator that is asked in lines of JSON, and answers each line by one of its own.
 *
 *     node exercises/08-text/2-calculator.ts [port]
 *     deno run --allow-net=127.0.0.1 exercises/08-text/2-calculator.ts [port]
 *
 * - It listens on 127.0.0.1 and nowhere else, on the port that it is given: 65432 when it is given
 *   none, any free one for 0. Then it prints `Listening on 127.0.0.1:PORT` with the real port.
 * - A line ends in LF, with or without a CR before it. Every line that a client sends is answered by
 *   one line that ends in LF, in the order of the lines, in however many chunks they come.
 * - A request is a JSON object like `{"id": 1, "op": "add", "args": [1, 2]}`. Its `id` is a string or a
 *   finite number; `op` is `add`, `sub`, `mul` or `div`; `args` are two finite numbers. What else is in
 *   it does not matter. The answer is a JSON object with the same `id` and the `result`:
 *   `{"id":1,"result":3}`.
 * - A line that is no such request is answered by an object with an `error`, a text that says why, and
 *   without a `result`. So is a division by zero, and a result that is no finite number, which JSON
 *   has no way to write. The `id` is that of the line, or null when the line has none: when it is
 *   empty, no JSON, no object, no UTF-8, or its id is something else than a string or a finite number.
 * - A line of more than 65536 bytes, without its ending, is answered by an error with the id null, once,
 *   and at the latest when two bytes more than that have come, be it with an ending or without. What
 *   comes of it after that is neither kept nor looked at.
 * - No line ends the connection: the ones behind a bad line are answered as if nothing had happened.
 *   Nor do one client's lines matter to another.
 * - When a client has half-closed, it gets all answers, and then the server ends, too. Bytes behind the
 *   last LF are no line: whatever they look like, an error with the id null answers them, unless they
 *   were too many, and answered already.
 * - A client that resets its connection is no reason to stop.
 * - SIGTERM ends it.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  // TODO: Answer each line by one line
  throw new Error("Not written yet");
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
