/**
 * Wrong, M55: takes each await for a return to the loop.
 *
 * Says: "Bob's answers took"
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

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("error", () => {});
  serve(socket).catch(() => socket.destroy());
});

async function serve(socket: net.Socket): Promise<void> {
  socket.setEncoding("utf8");
  let rest = "";
  for await (const text of socket.iterator({ destroyOnReturn: false })) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) socket.write(`${await answer(line)}\n`);
  }
  socket.end();
}

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
    await Promise.resolve();
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
