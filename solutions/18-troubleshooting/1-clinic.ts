/**
 * A clinic: ten services that somebody complains about. Say what each of them has, and then cure it.
 *
 *     node exercises/18-troubleshooting/1-clinic.ts SERVICE [port] [address]
 *     deno run --allow-net=127.0.0.1,127.0.0.2 --allow-ffi exercises/18-troubleshooting/1-clinic.ts SERVICE [port] [address]
 *
 * Each was run on a wire of its own, with a client that we wrote and that is in order. What was seen
 * lies in `lessons/data/18-troubleshooting/clinic/`: `till.log` is what the two programs said,
 * `till.ss` is what `ss -tan` said on the server's machine in the end, `till.pcapng` is the capture.
 * Read it by `tshark -r`, in Wireshark, or by `npm run course run 18/frames` and the path. The client
 * is 10.0.0.2, the server 10.0.0.1, and its port is 65432.
 *
 * - `diagnoses` says for each service what it has, in words from the list, and where that is seen:
 *   one line of the log or of what ss said, or one frame of the capture, all counted from 1: `"ss 2"`.
 *   It has to be a place that would look otherwise if the service had anything else from the list.
 * - Every service listens on the port that it is told (65432 when told none, any for 0) of the address
 *   that it is told (127.0.0.1) and on no other, and prints `Listening on ADDRESS:PORT` when it does.
 *   It says on its standard error what went wrong with a connection, and goes on. SIGTERM ends it.
 * - What a service promises is said above its function, and one thing keeps it from that. A line ends
 *   with a line feed, and may come in any pieces. There can be several clients at a time, and one that
 *   resets its connection is no reason to stop.
 *
 * @module
 */
import net from "node:net";
import { basename } from "node:path";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import {
  AF_INET,
  type InetAddress,
  SO_REUSEADDR,
  type Socket,
  socket,
  SOL_SOCKET,
} from "#berkeley/socket.ts";

/** The services, by what they are started as. */
export type Service =
  | "lobby"
  | "clerk"
  | "press"
  | "till"
  | "depot"
  | "quotes"
  | "report"
  | "oracle"
  | "gate"
  | "archive";

/** What a service can have. Ten of these are wanted, each once. */
export type Cause =
  | "not named yet"
  // the client does not get in
  | "nobody listens on its port"
  | "it listens on another address"
  | "another program listens on its port"
  | "its port is in TIME-WAIT"
  | "its queue of connections is full"
  | "its segments get lost on the way"
  // the client does not get all its answers
  | "it does not read"
  | "it answers a chunk, not a request"
  | "it waits for the end of the input"
  | "the client does not read"
  // the client gets its answers late
  | "it computes for too long"
  | "it waits for an acknowledgment before it sends the rest"
  // the connection ends too early, or never
  | "it takes a half-close for a good-bye"
  | "its idle limit cuts off its own work"
  | "it closes with input unread"
  | "it never closes";

/** What a service has, and where that is seen. */
export interface Diagnosis {
  /** from the list */
  cause: Cause;
  /** `"ss 2"`: a line of the log or of what ss said, or a frame of the capture */
  proof: `${"log" | "ss" | "frame"} ${number}` | "none yet";
}

/** What each of them has. */
export const diagnoses: Record<Service, Diagnosis> = {
  lobby: { cause: "it listens on another address", proof: "ss 2" },
  clerk: { cause: "its queue of connections is full", proof: "ss 2" },
  press: { cause: "its port is in TIME-WAIT", proof: "ss 2" },
  till: { cause: "it answers a chunk, not a request", proof: "frame 8" },
  depot: { cause: "it does not read", proof: "ss 3" },
  quotes: { cause: "it waits for an acknowledgment before it sends the rest", proof: "frame 12" },
  report: { cause: "it takes a half-close for a good-bye", proof: "frame 6" },
  oracle: { cause: "its idle limit cuts off its own work", proof: "frame 6" },
  gate: { cause: "it closes with input unread", proof: "frame 30" },
  archive: { cause: "it never closes", proof: "ss 3" },
};

const [, program = "", name = "", portText = "65432", address = "127.0.0.1"] = process.argv;
const port = Number(portText);

/** Welcomes everybody in a line, and ends. */
function lobby(): void {
  serve((client) => client.end("Welcome\n"));
}

/**
 * Repeats what a client says, and ends when the client has. One that says something every 100 ms is
 * served as long as it likes, even if another waits. For one that says nothing, nobody waits as long as
 * half a second.
 */
function clerk(): void {
  using listener = listen();
  for (;;) {
    const [client] = listener.accept();
    using _ = client;
    // A recv() that waits for ever makes everybody wait who stands in the queue. Threads, or a
    // selector, would be other ways out; a longer queue is none.
    client.settimeout(0.25);
    try {
      for (;;) {
        const bytes = client.recv(4096);
        if (bytes.length === 0) break;
        client.sendall(bytes);
      }
    } catch (error) {
      complain(error);
    }
  }
}

/**
 * Says `No news` in a line to everybody, and ends. When it was stopped it can be started again at once;
 * while it runs, a second one on its port says in a sentence that it cannot, and fails.
 */
function press(): void {
  using listener = listen();
  for (;;) {
    const [client] = listener.accept();
    using _ = client;
    try {
      client.sendall(new TextEncoder().encode("No news\n"));
    } catch (error) {
      complain(error);
    }
  }
}

/** Adds up: each line is a number, and is answered by a line with the sum of this client's so far. */
function till(): void {
  serve((client) => {
    let sum = 0;
    eachLine(client, (line) => {
      sum += Number(line);
      client.write(`${sum}\n`);
    });
  });
}

/**
 * Knows where things are: each line is a name, and is answered by a line with its shelf, `A7`, or
 * `none`. To look takes 5 ms, and a client's next request is looked at when that is done.
 */
function depot(): void {
  const shelves = new Map([["tea", "A7"], ["salt", "B2"], ["oil", "C5"]]);
  serve((client) => {
    let rest = "";
    client.setEncoding("utf8").on("data", async (text: string) => {
      client.pause();
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        await pause(5);
        // A return from here would leave the socket paused for good.
        client.write(`${shelves.get(line) ?? "none"}\n`);
      }
      client.resume();
    });
  });
}

/** Tells the price of a share: each line is a name, and is answered by two lines at once. */
function quotes(): void {
  serve((client) => {
    eachLine(client, (line) => {
      // The second of two small writes would wait until the first one is acknowledged, and the
      // client's kernel takes its time with that (lesson 17).
      client.write(`${line}\n${line.length}.00\n`);
    });
  });
}

/**
 * Writes a report: a client's first line is a subject, and 20 ms later the report on it comes, in a
 * line, and then the end. A client may half-close behind its subject. Who ends without one gets nothing
 * but the end.
 */
function report(): void {
  serve((client) => {
    let asked = false;
    eachLine(client, async (line) => {
      if (asked) return;
      asked = true;
      await pause(20);
      client.end(`All is well with ${line}\n`);
    });
    client.on("end", () => {
      if (!asked) client.end();
    });
  }, { allowHalfOpen: true });
}

/**
 * Answers each line by `Yes`, after thinking about it for 300 ms. A client that has no question for
 * 200 ms is let go.
 */
function oracle(): void {
  serve((client) => {
    let questions = 0;
    client.setTimeout(200, () => client.end());
    eachLine(client, async () => {
      questions++;
      client.setTimeout(0);
      await pause(300);
      client.write("Yes\n");
      if (--questions === 0) client.setTimeout(200);
    });
  });
}

/**
 * Takes what a client has to store, up to its FIN: 10,000 bytes at most. It says in a line how many
 * they were, or `Too large` as soon as they are more, and ends.
 */
function gate(): void {
  serve((client) => {
    let bytes = 0;
    client.on("data", (chunk) => {
      const fitted = bytes <= 10_000;
      bytes += chunk.length;
      // It goes on reading: what is unread at a close() is answered by a reset.
      if (fitted && bytes > 10_000) client.end("Too large\n");
    });
    client.on("end", () => {
      if (bytes <= 10_000) client.end(`${bytes} bytes\n`);
    });
  }, { allowHalfOpen: true });
}

/** Answers each line by the same in capital letters, and ends when the client has. */
function archive(): void {
  serve((client) => {
    eachLine(client, (line) => {
      client.write(`${line.toUpperCase()}\n`);
    });
    client.on("end", () => client.end());
  }, { allowHalfOpen: true });
}

/** What each name starts. */
export const services: Record<Service, () => void> = {
  lobby,
  clerk,
  press,
  till,
  depot,
  quotes,
  report,
  oracle,
  gate,
  archive,
};

/** Whether a client's FIN leaves its own side open. */
interface ServeOptions {
  allowHalfOpen?: boolean;
}

/** Listens, and has every client served. */
function serve(onClient: (client: net.Socket) => void, options: ServeOptions = {}): void {
  const { allowHalfOpen = false } = options;
  const server = net.createServer({ allowHalfOpen }, (client) => {
    client.on("error", complain);
    onClient(client);
  });
  server.listen(port, address, () => {
    const { port } = server.address() as net.AddressInfo;
    console.log(`Listening on ${address}:${port}`);
  });
}

/** A listening socket of the operating system's own; ends the program when there can be none. */
function listen(): Socket<InetAddress> {
  const listener = socket(AF_INET);
  try {
    // Before bind(), or it comes too late. Not SO_REUSEPORT: that would let two run at once.
    listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1);
    listener.bind([address, port]);
    listener.listen(1);
  } catch (error) {
    complain(error);
    process.exit(1);
  }
  console.log(`Listening on ${address}:${listener.getsockname()[1]}`);
  return listener;
}

/** Calls back for each line of a client, in whatever pieces it comes. */
function eachLine(client: net.Socket, onLine: (line: string) => void): void {
  let rest = "";
  client.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
}

function complain(error: unknown): void {
  console.error((error as Error).message);
}

/**
 * Starts the service that the command line names.
 *
 * @param services All of them
 */
export function start(services: Record<Service, () => void>): void {
  services[name as Service]?.();
}

// Who imports this file wants the diagnoses, and no service.
if (basename(program) === basename(import.meta.url)) start(services);
