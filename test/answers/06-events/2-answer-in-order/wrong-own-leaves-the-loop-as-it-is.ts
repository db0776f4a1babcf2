/**
 * Wrong, own: loops over the socket itself, which Deno destroys at the end of the loop, with all that
 * is still to be sent; Node does not, when `allowHalfOpen` is set.
 *
 * Runtime: deno
 *
 * Says: "Ada's FIN only says that Ada sends no more"
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
  primes: async (text) => String(await countPrimes(wholeNumber(text, 1e9))),
}));

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  // A reset also makes the loop in serve() throw. But an answer may be under way just then, and
  // "error" is not to find nobody who listens.
  socket.on("error", () => {});
  serve(socket).catch(() => socket.destroy());
});

/** Answers one client. The loop takes the next chunk when this one is answered, and not before. */
async function serve(socket: net.Socket): Promise<void> {
  socket.setEncoding("utf8");
  let rest = "";
  for await (const text of socket) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) socket.write(`${await answer(line)}\n`);
  }
  socket.end();
}

/** The answer to one question; never rejects. */
async function answer(line: string): Promise<string> {
  const [verb, text] = split(line);
  try {
    // With the await, this `try` also catches what is thrown later. Without it, only what is thrown
    // before the function has returned its promise.
    return await answers.get(verb)!(text);
  } catch (error) {
    return `error: ${error}`;
  }
}

/** How many prime numbers are below a limit, counted in slices of 10 ms. */
async function countPrimes(limit: number): Promise<number> {
  let count = 0;
  let begun = performance.now();
  for (let n = 2; n < limit; n++) {
    if (isPrime(n)) count++;
    if (performance.now() - begun < 10) continue;
    // Back to the loop, which sees what has come for others. A promise that is settled already would
    // not do, nor would setImmediate() on Deno: both are seen to before the loop asks for news.
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
