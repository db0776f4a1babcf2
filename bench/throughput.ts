/**
 * How much the echo servers do under load, side by side.
 *
 * @module
 */
import { canPin, pinned } from "./machine.ts";
import { compile, Running } from "./processes.ts";
import { baseline, type Server, servers } from "./servers.ts";
import { median, spread, table } from "./table.ts";

/** What load.c is told to do, and what its figures are. */
export const loads = {
  ping: { title: "50 clients, each 64 bytes there and back", unit: "req/s", words: ["50", "64"] },
  stream: {
    title: "one client, a stream in writes of 64 KiB",
    unit: "MB/s",
    words: ["1", "65536"],
  },
};

/** A load. */
export type Load = keyof typeof loads;

/** What one server did under one load in one round. */
export interface Sample {
  server: string;
  load: Load;
  round: number;
  /** requests, or megabytes, a second */
  rate: number;
  /** an answer's time in us; undefined in a stream */
  p50?: number | undefined;
  p99?: number | undefined;
  /** what the server's CPU did for one request, or one megabyte */
  cpuUs: number;
  residentBytes: number;
}

/** How long to measure. */
export interface Options {
  rounds: number;
  /** each server under each load, in each round */
  seconds: number;
  warmUpSeconds: number;
  /** gets what cannot be measured and why, and how far it is */
  say: (sentence: string) => void;
}

/**
 * Puts every server under every load in each round, one after another; each time it is a new process.
 *
 * A server that fails is said and left out from there on.
 */
export async function measure(options: Options): Promise<Sample[]> {
  const { rounds, say } = options;
  const pin = canPin();
  if (!pin) say("Server and load share the CPUs: taskset is not here, or it is one CPU");
  const loader = compile("bench/load.c");
  let rows = servers(say);
  const samples: Sample[] = [];
  for (let round = 1; round <= rounds; round++) {
    say(`Round ${round} of ${rounds}`);
    for (const load of Object.keys(loads) as Load[]) {
      // Another one begins in each round, so that none is always measured behind the same one.
      const first = (round - 1) % rows.length;
      for (const server of [...rows.slice(first), ...rows.slice(0, first)]) {
        try {
          const sample = await measureOne(server, { ...options, load, loader, pin });
          samples.push({ ...sample, server: server.name, load, round });
        } catch (error) {
          say(`Not measured: ${server.name}. ${(error as Error).message}`);
          rows = rows.filter((it) => it !== server);
        }
      }
    }
  }
  return samples;
}

async function measureOne(
  { run }: Server,
  { load, loader, pin, seconds, warmUpSeconds }: Options & {
    load: Load;
    loader: string;
    pin: boolean;
  },
): Promise<Pick<Sample, "rate" | "p50" | "p99" | "cpuUs" | "residentBytes">> {
  await using server = await Running.start(pinned(run, 0, pin), 20_000);
  const port = server.line.split(":").at(-1)!;
  const put = (howLong: number) => {
    const args = [load, port, ...loads[load].words, `${howLong}`];
    return Running.start(pinned({ command: loader, args }, 1, pin), howLong * 1000 + 20_000);
  };
  {
    // Until what is called most has been compiled.
    await using _ = await put(warmUpSeconds);
  }
  const before = server.cpuUs;
  await using client = await put(seconds);
  const [rate = 0, p50, p99] = client.line.split(" ").map(Number);
  const cpuUs = (server.cpuUs - before) / (rate * seconds);
  return { rate, p50, p99, cpuUs, residentBytes: server.residentBytes };
}

/** The table of one load. The ratio is taken within each round, for rounds differ more than servers. */
export function tableOf(load: Load, samples: Sample[]): string {
  const mine = samples.filter((it) => it.load === load);
  const names = [...new Set(mine.map((it) => it.server))];
  const against = names.includes(baseline) ? baseline : names[0]!;
  const of = (name: string) => mine.filter((it) => it.server === name);
  const rateIn = (name: string, round: number) => of(name).find((it) => it.round === round)?.rate;
  const { title, unit } = loads[load];
  const times = load === "ping" ? ["p50 us", "p99 us"] : [];
  const rows = names.map((name) => [
    name,
    spread(of(name).map(({ rate, round }) => rate / (rateIn(against, round) ?? NaN))),
    Math.max(...of(name).map(({ rate }) => rate)).toFixed(0),
    ...times.map((_, i) => median(of(name).map((it) => i ? it.p99! : it.p50!)).toFixed(0)),
    median(of(name).map((it) => it.cpuUs)).toFixed(1),
    (median(of(name).map((it) => it.residentBytes)) / 1e6).toFixed(0),
  ]);
  const head = [
    "server",
    `times "${against}"`,
    `best ${unit}`,
    ...times,
    `CPU us/${unit.split("/")[0]}`,
    "RSS MB",
  ];
  return `${title}\n\n${table(head, rows)}`;
}
