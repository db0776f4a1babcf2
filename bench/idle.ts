/**
 * What thousands of clients cost a server that has nothing to do for them.
 *
 * @module
 */
import { mostClients } from "./machine.ts";
import { compile, Running } from "./processes.ts";
import { type Server, servers } from "./servers.ts";
import { table } from "./table.ts";

/** How many handshakes may wait for accept(): what most servers ask for, and as many as Linux grants. */
const backlogs = [511, 4096];

/** What one server's clients came to. */
export interface IdleSample {
  server: string;
  backlog: number;
  clients: number;
  /** how many were answered */
  answered: number;
  /** until the last was connected, and until the last was answered */
  connectedSeconds: number;
  answeredSeconds: number;
  /** the server's memory before and after, in bytes */
  before: number;
  after: number;
}

/**
 * Connects many clients to every server, pings each once, and looks at the server's memory.
 *
 * @param wanted How many clients; fewer where the machine does not allow so many
 * @param say Gets what cannot be measured and why, and how far it is
 */
export async function measureIdle(
  wanted: number,
  say: (sentence: string) => void,
): Promise<IdleSample[]> {
  const most = mostClients();
  const clients = Math.min(wanted, most.clients);
  if (clients < wanted) say(`${clients} clients instead of ${wanted}: ${most.why}`);
  const client = compile("bench/idle.c");
  const samples: IdleSample[] = [];
  for (const server of servers(say).filter(({ idle }) => idle)) {
    say(server.name);
    try {
      for (const backlog of backlogs) {
        samples.push(await measureOne(server, { backlog, clients, client }));
      }
    } catch (error) {
      say(`Not measured: ${server.name}. ${(error as Error).message}`);
    }
  }
  return samples;
}

async function measureOne(
  { name, run }: Server,
  { backlog, clients, client }: { backlog: number; clients: number; client: string },
): Promise<IdleSample> {
  const words = [...run.args, `${backlog}`];
  await using server = await Running.start({ command: run.command, args: words }, 20_000);
  const port = server.line.split(":").at(-1)!;
  const connect = (count: number) =>
    Running.start({ command: client, args: [port, `${count}`] }, 120_000);
  // What the first few need is loaded once, and is no client's.
  {
    await using _ = await connect(100);
  }
  const before = server.residentBytes;
  await using crowd = await connect(clients);
  const after = server.residentBytes;
  const [answered = 0, connectedSeconds = 0, answeredSeconds = 0] = crowd.line.split(" ")
    .map(Number);
  return {
    server: name,
    backlog,
    clients,
    answered,
    connectedSeconds,
    answeredSeconds,
    before,
    after,
  };
}

/** The table. */
export function idleTable(samples: IdleSample[]): string {
  const head = [
    "server",
    "backlog",
    "answered",
    "connected s",
    "answered s",
    "RSS MB",
    "KiB/client",
  ];
  const rows = samples.map((it) => [
    it.server,
    `${it.backlog}`,
    `${it.answered}`,
    it.connectedSeconds.toFixed(2),
    it.answeredSeconds.toFixed(2),
    `${(it.before / 1e6).toFixed(0)} -> ${(it.after / 1e6).toFixed(0)}`,
    ((it.after - it.before) / 1024 / it.clients).toFixed(1),
  ]);
  return `${samples[0]?.clients} idle clients, each pinged once\n\n${table(head, rows)}`;
}
