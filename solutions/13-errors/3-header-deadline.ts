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
// #region cut
import { setTimeout as delay } from "node:timers/promises";
// #endregion

const [port = 65432, deadlineMs = 10_000, idleMs = 60_000] = process.argv.slice(2).map(Number);

// #region cut
/** What stands behind the last line of a header: the end of that line, and an empty one. */
const emptyLine = "\n\n";

/** How long the answer to a header takes, in ms. */
function workOf(lines: string[]): number {
  return lines.reduce((sum, line) => sum + Number(/^work (\d+)$/.exec(line)?.[1] ?? 0), 0);
}

/** One connection, and the one clock that runs for it at a time. */
class Conversation {
  readonly #socket: net.Socket;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** what has come of the next header, all in whole lines but the last piece */
  #text = "";
  #answering = false;
  #ended = false;

  constructor(socket: net.Socket) {
    this.#socket = socket;
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => this.#take(text));
    socket.on("end", () => {
      this.#ended = true;
      if (!this.#answering) this.#end();
    });
    socket.on("error", () => {}); // "close" follows
    socket.on("close", () => clearTimeout(this.#timer));
    this.#startIdle();
  }

  #take(text: string): void {
    // The clock of a header starts with its first byte, and no later byte puts it off.
    if (this.#text === "" && !this.#answering) this.#startDeadline();
    this.#text += text;
    if (!this.#answering && this.#text.includes(emptyLine)) this.#answerAll();
  }

  /** Answers every whole header that has come, also those that come meanwhile. */
  async #answerAll(): Promise<void> {
    this.#answering = true;
    clearTimeout(this.#timer);
    for (let end; (end = this.#text.indexOf(emptyLine)) >= 0;) {
      const lines = this.#text.slice(0, end).split("\n");
      this.#text = this.#text.slice(end + emptyLine.length);
      const workMs = workOf(lines);
      if (workMs > 0) await delay(workMs);
      this.#socket.write(`ok ${lines.length}\n`);
    }
    // From the last answer to here there is no await: a chunk that came in one would find
    // #answering true, and start no clock.
    this.#answering = false;
    if (this.#ended) this.#end();
    else if (this.#text === "") this.#startIdle();
    else this.#startDeadline();
  }

  #startIdle(): void {
    this.#start(idleMs, () => this.#end());
  }

  #startDeadline(): void {
    this.#start(deadlineMs, () => this.#end("timeout\n"));
  }

  #start(ms: number, strike: () => void): void {
    clearTimeout(this.#timer);
    // Its client may have gone while it worked: then nobody would clear the timer any more.
    if (!this.#socket.destroyed) this.#timer = setTimeout(strike, ms);
  }

  /** Ends our half behind all that was written; the other half has the deadline for its own FIN. */
  #end(lastWords = ""): void {
    if (this.#socket.writableEnded) return;
    // What still comes is read and thrown away: unread, it would make a reset of the end.
    this.#socket.removeAllListeners("data").resume();
    this.#socket.end(lastWords);
    this.#start(deadlineMs, () => this.#socket.destroy());
  }
}
// #endregion

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  // #region todo Answer each header, and end who takes longer than the limits allow
  new Conversation(socket);
  // #endregion
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
