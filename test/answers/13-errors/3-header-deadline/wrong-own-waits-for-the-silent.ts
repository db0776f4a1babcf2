/**
 * Wrong, own: sends a FIN to who was silent for too long, and waits for theirs for ever.
 *
 * Says: "beyond the idle limit and the deadline"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";

const [port = 65432, deadlineMs = 10_000, idleMs = 60_000] = process.argv.slice(2).map(Number);

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
    this.#start(idleMs, () => this.#socket.end());
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

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  new Conversation(socket);
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
