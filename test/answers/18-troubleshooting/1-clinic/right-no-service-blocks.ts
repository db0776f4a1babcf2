/**
 * Right: serves everybody at once, also where the stub has one client after the other; sends small writes at once.
 *
 * Refused by a test that wants berkeley, or a silent client of the clerk to be let go.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";

export { diagnoses };

const port = Number(process.argv[3]);
const address = process.argv[4] ?? "127.0.0.1";

function clerk() {
  serve((client) =>
    client.on("data", (chunk) => client.write(chunk)).on("end", () => client.end())
  );
}

// Node and Deno set SO_REUSEADDR by themselves.
function press() {
  serve((client) => client.end("No news\n"));
}

function till() {
  serve(async (client) => {
    let sum = 0;
    for await (const line of lines(client)) client.write(`${sum += Number(line)}\n`);
    client.end();
  });
}

function depot() {
  const shelves: Record<string, string> = { tea: "A7", salt: "B2", oil: "C5" };
  serve(async (client) => {
    for await (const line of lines(client)) {
      await pause(5);
      client.write(`${shelves[line] ?? "none"}\n`);
    }
    client.end();
  });
}

function quotes() {
  serve(async (client) => {
    client.setNoDelay();
    for await (const line of lines(client)) {
      client.write(`${line}\n`);
      client.write(`${line.length}.00\n`);
    }
    client.end();
  });
}

function report() {
  serve(async (client) => {
    for await (const line of lines(client)) {
      await pause(20);
      client.end(`All is well with ${line}\n`);
      return;
    }
    client.end();
  });
}

function gate() {
  serve((client) => {
    let bytes = 0;
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= 10_000) return;
      client.off("data", count).off("end", say).resume();
      client.end("Too large\n");
    };
    const say = () => client.end(`${bytes} bytes\n`);
    client.on("data", count).on("end", say);
  });
}

async function* lines(client: net.Socket): AsyncGenerator<string> {
  let rest = "";
  try {
    for await (const chunk of client.iterator({ destroyOnReturn: false })) {
      const all = (rest + chunk).split("\n");
      rest = all.pop()!;
      yield* all;
    }
  } catch {
    // it has reset
  }
}

function serve(onClient: (client: net.Socket) => void) {
  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    client.on("error", (error) => console.error(error.message));
    onClient(client);
  });
  server.on("error", (error) => {
    console.error(error.message);
    process.exit(1);
  });
  server.listen(port, address, () => {
    console.log(`Listening on ${address}:${(server.address() as net.AddressInfo).port}`);
  });
}

start({ ...services, clerk, press, till, depot, quotes, report, gate });
