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
import { AF_INET, type InetAddress, type Socket, socket } from "#berkeley/socket.ts";

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
  lobby: { cause: "not named yet", proof: "none yet" },
  clerk: { cause: "not named yet", proof: "none yet" },
  press: { cause: "not named yet", proof: "none yet" },
  till: { cause: "not named yet", proof: "none yet" },
  depot: { cause: "not named yet", proof: "none yet" },
  quotes: { cause: "not named yet", proof: "none yet" },
  report: { cause: "not named yet", proof: "none yet" },
  oracle: { cause: "not named yet", proof: "none yet" },
  gate: { cause: "not named yet", proof: "none yet" },
  archive: { cause: "not named yet", proof: "none yet" },
};

const [, program = "", name = "", portText = "65432", address = "127.0.0.1"] = process.argv;
const port = Number(portText);

/** Welcomes everybody in a line, and ends. */
function lobby(): void {
  serve((client) => client.end("Welcome\n"), { host: "127.0.0.1" });
}

/**
 * Repeats what a client says, and ends when the client has. One that says something every 100 ms is
 * served as long as it likes; one that says nothing keeps no other waiting for half a second.
 */
function clerk(): void {
  using listener = listen();
  for (;;) {
    const [client] = listener.accept();
    using _ = client;
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
    client.on("data", (chunk) => {
      const [line = ""] = chunk.toString().split("\n");
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
        const shelf = shelves.get(line);
        if (shelf === undefined) {
          client.write("none\n");
          return;
        }
        client.write(`${shelf}\n`);
      }
      client.resume();
    });
  });
}

/** Tells the price of a share: each line is a name, and is answered by two lines at once. */
function quotes(): void {
  serve((client) => {
    eachLine(client, (line) => {
      client.write(`${line}\n`);
      client.write(`${line.length}.00\n`);
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
    eachLine(client, async (line) => {
      await pause(20);
      client.end(`All is well with ${line}\n`);
    });
  });
}

/**
 * Answers each line by `Yes`, after thinking about it for 300 ms. A client that has no question for
 * 200 ms is let go.
 */
function oracle(): void {
  serve((client) => {
    client.setTimeout(200, () => client.end());
    eachLine(client, async () => {
      await pause(300);
      client.write("Yes\n");
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
      bytes += chunk.length;
      if (bytes > 10_000) client.pause().end("Too large\n", () => client.destroy());
    });
    client.on("end", () => client.end(`${bytes} bytes\n`));
  }, { allowHalfOpen: true });
}

/** Answers each line by the same in capital letters, and ends when the client has. */
function archive(): void {
  serve((client) => {
    eachLine(client, (line) => {
      client.write(`${line.toUpperCase()}\n`);
    });
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

/** Where a service listens, and whether a client's FIN leaves its own side open. */
interface ServeOptions {
  host?: string;
  allowHalfOpen?: boolean;
}

/** Listens, and has every client served. */
function serve(onClient: (client: net.Socket) => void, options: ServeOptions = {}): void {
  const { host = address, allowHalfOpen = false } = options;
  const server = net.createServer({ allowHalfOpen }, (client) => {
    client.on("error", complain);
    onClient(client);
  });
  server.listen(port, host, () => {
    const { port } = server.address() as net.AddressInfo;
    console.log(`Listening on ${address}:${port}`);
  });
}

/** A listening socket of the operating system's own; ends the program when there can be none. */
function listen(): Socket<InetAddress> {
  const listener = socket(AF_INET);
  try {
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
