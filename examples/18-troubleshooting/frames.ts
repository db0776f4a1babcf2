/**
 * The TCP segments of a stored capture, one in a line, with the beginning of what they carry.
 *
 * Lesson 18. For captures of one Ethernet card with IPv4 in them, as this course has them. Numbers
 * of each direction are counted from its SYN, which is 0; PSH is not shown.
 *
 *     node examples/18-troubleshooting/frames.ts FILE
 *     deno run --allow-read=lessons/data examples/18-troubleshooting/frames.ts FILE
 *
 * @module
 */
import { readFileSync } from "node:fs";
import process from "node:process";

const capture = readFileSync(process.argv[2] ?? "");
const flags = ["FIN", "SYN", "RST", "", "ACK"];
/** Where the numbers of each direction begin, by both ports. */
const begins = new Map<string, number>();
let [count, first] = [0, 0n];

// A .pcapng file is a row of blocks: lesson 1 has the picture.
for (let at = 0; at + 12 <= capture.length; at += Math.max(12, capture.readUInt32LE(at + 4))) {
  if (capture.readUInt32LE(at) !== 6) continue;
  const [high, low] = [capture.readUInt32LE(at + 12), capture.readUInt32LE(at + 16)];
  const time = BigInt(high) << 32n | BigInt(low);
  if (count++ === 0) first = time;
  const packet = capture.subarray(at + 28 + 14, at + 28 + capture.readUInt32LE(at + 20));
  const seconds = (Number(time - first) / 1e9).toFixed(6).padStart(9);
  console.log(`${String(count).padStart(4)} ${seconds}  ${describe(packet)}`);
}

/** One segment: who, flags, relative numbers, how many bytes, and the first of them. */
function describe(ip: Buffer): string {
  const tcp = ip.subarray((ip[0]! & 15) * 4);
  const headers = ip.length - tcp.length + (tcp[12]! >> 4) * 4;
  const length = ip.readUInt16BE(2) - headers;
  const [from, to] = [tcp.readUInt16BE(0), tcp.readUInt16BE(2)];
  const named = flags.filter((name, i) => name && tcp[13]! & 1 << i);
  const [seq, ack] = [tcp.readUInt32BE(4), tcp.readUInt32BE(8)];
  const [mine, other] = [`${from} ${to}`, `${to} ${from}`];
  // Who refuses never sent a SYN: his numbers are counted as if he had.
  if (named.includes("SYN")) begins.set(mine, seq);
  else if (!begins.has(mine)) begins.set(mine, seq - 1);
  const since = (number: number, direction: string) =>
    number - (begins.get(direction) ?? number) >>> 0;
  const acks = named.includes("ACK") ? ` ack ${since(ack, other)}` : "";
  // An Ethernet frame may be longer than what it carries, and a capture shorter.
  const payload = ip.subarray(headers, headers + Math.min(length, 24)).toString("latin1");
  const bytes = length > 0 ? `  ${length} bytes ${JSON.stringify(payload)}` : "";
  const host = [12, 13, 14, 15].map((i) => ip[i]).join(".");
  return `${host}:${from}  ${named.join(" ")}  seq ${since(seq, mine)}${acks}${bytes}`;
}
