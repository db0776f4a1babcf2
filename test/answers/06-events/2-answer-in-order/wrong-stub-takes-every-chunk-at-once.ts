/**
 * Wrong, M57: answers each chunk in a listener of its own, which does not wait for the one before;
 * a question that fails is logged, and never answered.
 *
 * Says: "It sent "fast" before "slow", which was asked for first"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { setTimeout } from "node:timers/promises";

const port = Number(process.argv[2] ?? 65432);

const prices: Record<string, number> = { tea: 2.5, coffee: 3.2 };

/** How a question is answered, by its first word. */
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
    await setTimeout(1); // as long as a price list elsewhere would take
    return prices[name]!.toFixed(2);
  },
  primes: (text) => String(countPrimes(wholeNumber(text, 1e9))),
}));

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.setEncoding("utf8");
  let rest = "";
  socket.on("data", async (text) => {
    // A line may come in pieces: what follows the last LF waits here for the rest.
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) socket.write(`${await answer(line)}\n`);
  });
  socket.on("end", () => socket.end());
});

// One bad question must not take the service from everybody else.
process.on("uncaughtException", (error) => console.error(error));
process.on("unhandledRejection", (error) => console.error(error));

/** The answer to one question. */
async function answer(line: string): Promise<string> {
  const [verb, text] = split(line);
  return await answers.get(verb)!(text);
}

/** How many prime numbers are below a limit. */
function countPrimes(limit: number): number {
  let count = 0;
  for (let n = 2; n < limit; n++) {
    if (isPrime(n)) count++;
  }
  return count;
}

function isPrime(n: number): boolean {
  for (let divisor = 2; divisor * divisor <= n; divisor++) {
    if (n % divisor === 0) return false;
  }
  return true;
}

/** The number that a text says; throws when it says none, or one above the most. */
function wholeNumber(text: string, most: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > most) {
    throw new RangeError(`no number up to ${most}: ${text}`);
  }
  return number;
}

/** The first word, and all that follows the space after it. */
function split(text: string): [string, string] {
  const [first = ""] = text.split(" ", 1);
  return [first, text.slice(first.length + 1)];
}

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
