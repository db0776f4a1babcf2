/**
 * Right: keeps a queue for each client, and one that empties it.
 *
 * Refused by a test that wants all answers to one chunk in one write, or each in its own.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { setTimeout } from "node:timers/promises";

const port = Number(process.argv[2] ?? 65432);

const prices: Record<string, number> = { tea: 2.5, coffee: 3.2 };

const answers = new Map(Object.entries<(text: string) => string | Promise<string>>({
  say: (text) => text,
  wait: async (text) => {
    const [ms, rest] = split(text);
    await setTimeout(wholeNumber(ms, 1e6));
    return rest;
  },
  repeat: (text) => {
    const [count, rest] = split(text);
    return rest.repeat(wholeNumber(count, 1e6));
  },
  price: async (name) => {
    await setTimeout(1);
    return prices[name]!.toFixed(2);
  },
  primes: async (text) => String(await countPrimes(wholeNumber(text, 1e9))),
}));

class Client {
  #socket: net.Socket;
  #rest = "";
  #queue: string[] = [];
  #busy = false;
  #ended = false;

  constructor(socket: net.Socket) {
    this.#socket = socket;
    socket.on("data", (chunk: string) => this.#take(chunk));
    socket.on("end", () => {
      this.#ended = true;
      this.#work();
    });
    socket.on("error", (error) => console.log(error.message));
    socket.setEncoding("utf8");
  }

  #take(chunk: string) {
    this.#rest += chunk;
    for (let at = this.#rest.indexOf("\n"); at >= 0; at = this.#rest.indexOf("\n")) {
      this.#queue.push(this.#rest.slice(0, at));
      this.#rest = this.#rest.slice(at + 1);
    }
    this.#work();
  }

  async #work() {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#queue.length > 0 && !this.#socket.destroyed) {
      const replies = [];
      for (const line of this.#queue.splice(0)) replies.push(await answer(line));
      this.#socket.write(replies.map((it) => it + "\n").join(""));
    }
    this.#busy = false;
    if (this.#ended) this.#socket.end();
  }
}

const server = net.createServer({ allowHalfOpen: true }, (socket) => void new Client(socket));

async function answer(line: string): Promise<string> {
  const [verb, text] = split(line);
  try {
    return await answers.get(verb)!(text);
  } catch (error) {
    return `error: ${error}`;
  }
}

async function countPrimes(limit: number): Promise<number> {
  let count = 0;
  let begun = performance.now();
  for (let n = 2; n < limit; n++) {
    if (isPrime(n)) count++;
    if (performance.now() - begun < 10) continue;
    await setTimeout(0);
    begun = performance.now();
  }
  return count;
}

function isPrime(n: number): boolean {
  for (let divisor = 2; divisor * divisor <= n; divisor++) {
    if (n % divisor === 0) return false;
  }
  return true;
}

function wholeNumber(text: string, most: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > most) {
    throw new RangeError(`no number up to ${most}: ${text}`);
  }
  return number;
}

function split(text: string): [string, string] {
  const [first = ""] = text.split(" ", 1);
  return [first, text.slice(first.length + 1)];
}

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
