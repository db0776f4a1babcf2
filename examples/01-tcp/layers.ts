/**
 * Takes a frame of a stored capture apart, byte by byte: Ethernet, IPv4, TCP, and what TCP carries.
 *
 * Lesson 1.
 *
 *     node examples/01-tcp/layers.ts [file] [frame] [layer]
 *     deno run --allow-read=lessons/data examples/01-tcp/layers.ts [file] [frame] [layer]
 *
 * Prints of each field its offset in the frame, its bytes, and what they mean; from `ipv4` or `tcp`
 * on, if that is named as the layer. Reads .pcapng files as little-endian machines write them.
 *
 * @module
 */
import type { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import process from "node:process";

const file = process.argv[2] ?? "lessons/data/01-tcp/whoami.pcapng";
const number = Number(process.argv[3] ?? 1);
const fromLayer = process.argv[4] ?? "ethernet";

// #region pcapng
/** A .pcapng file is a row of blocks. Each begins with its type and its length. */
function findFrame(capture: Buffer): Buffer {
  let seen = 0;
  for (let at = 0; at + 12 <= capture.length;) {
    const isPacket = capture.readUInt32LE(at) === 6;
    if (isPacket && ++seen === number) {
      // The length of the frame stands at 20, and the frame at 28.
      return capture.subarray(at + 28, at + 28 + capture.readUInt32LE(at + 20));
    }
    at += Math.max(12, capture.readUInt32LE(at + 4));
  }
  throw new RangeError(`${file} has ${seen} frames, and no frame ${number}`);
}
// #endregion

const frame = findFrame(readFileSync(file));
let at = 0;
let isShown = false;

function layer(name: string): void {
  isShown ||= name.toLowerCase() === fromLayer;
  if (isShown) console.log(name);
}

/** Prints the next bytes and what they mean, and gives them as a number, first byte highest. */
function take(count: number, say: (value: number, bytes: Buffer) => string): number {
  const bytes = frame.subarray(at, at + count);
  const value = count > 0 && count <= 6 ? bytes.readUIntBE(0, count) : 0;
  const line = `${String(at).padStart(4)}  ${hex(bytes, " ").padEnd(30)}  ${say(value, bytes)}`;
  if (isShown) console.log(line);
  at += count;
  return value;
}

function hex(bytes: Uint8Array, between: string): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(between);
}

const hex16 = (value: number) => `0x${value.toString(16).padStart(4, "0")}`;

console.log(`${file}, frame ${number}: ${frame.length} bytes`);

layer("Ethernet");
take(6, (_, card) => `to ${hex(card, ":")}`);
take(6, (_, card) => `from ${hex(card, ":")}`);
const type = take(2, (value) => value === 0x0800 ? "carries IPv4" : `carries ${hex16(value)}`);
if (type !== 0x0800) throw new RangeError(`Wanted IPv4, type 0x0800, got ${hex16(type)}`);

layer("IPv4");
const ipHeader = (take(1, (byte) => `version ${byte >> 4}, ${(byte & 15) * 4} bytes`) & 15) * 4;
take(1, () => "class of service, mark of congestion");
const ipLength = take(2, (length) => `${length} bytes, this header and all it carries`);
take(2, (id) => `identification ${hex16(id)}`);
const mayBeCut = (bits: number) => `${bits & 0x4000 ? "must not" : "may"} be cut into fragments`;
take(2, (bits) => bits & 0x3fff ? "a fragment of a packet" : mayBeCut(bits));
take(1, (hops) => `may pass ${hops} routers`);
const protocol = take(1, (value) => value === 6 ? "carries TCP" : `carries protocol ${value}`);
if (protocol !== 6) throw new RangeError(`Wanted TCP, protocol 6, got ${protocol}`);
take(2, (sum) => `checksum ${hex16(sum)}, of this header alone`);
take(4, (_, address) => `from ${address.join(".")}`);
take(4, (_, address) => `to ${address.join(".")}`);
if (ipHeader > 20) take(ipHeader - 20, () => "options");

layer("TCP");
// #region tcp
const flags = ["CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"];
const begin = at;
take(2, (port) => `from port ${port}`);
take(2, (port) => `to port ${port}`);
take(4, (number) => `sequence number ${number}`);
take(4, (number) => `acknowledgment number ${number}`);
const sizeOf = (byte: number) => (byte >> 4) * 4;
const end = begin + sizeOf(take(1, (byte) => `data offset ${byte >> 4}: ${sizeOf(byte)} bytes`));
take(1, (byte) => flags.filter((_, i) => byte & 0x80 >> i).join(" ") || "no flags");
take(2, (size) => `window ${size}`);
take(2, (sum) => `checksum ${hex16(sum)}`);
take(2, (pointer) => `urgent pointer ${pointer}`);
while (at < end) takeOption();
// #endregion

layer("Payload");
// Ethernet fills short frames up; the length in the IP header says what belongs to TCP.
take(14 + ipLength - at, (_, bytes) => JSON.stringify(bytes.toString("latin1")));

/** An option: its kind, its length, which counts these two bytes as well, and its data. */
function takeOption(): void {
  const kind = frame[at];
  if (kind === 0) return void take(end - at, () => "end of options");
  if (kind === 1) return void take(1, () => "NOP");
  const length = Math.min(end - at, Math.max(2, frame[at + 1] ?? 0));
  take(length, (_, option) => {
    if (kind === 2) return `MSS ${option.readUInt16BE(2)}`;
    if (kind === 3) {
      return `window scale ${option[2]}: later windows count ${1 << option[2]!} bytes`;
    }
    if (kind === 4) return "SACK permitted";
    if (kind === 5) return `SACK ${[...blocks(option)].join(", ")}`;
    if (kind === 8) return `timestamp ${option.readUInt32BE(2)}, echo ${option.readUInt32BE(6)}`;
    return `option ${kind}`;
  });
}

function* blocks(option: Buffer): Generator<string> {
  for (let at = 2; at + 8 <= option.length; at += 8) {
    yield `${option.readUInt32BE(at)} to ${option.readUInt32BE(at + 4)}`;
  }
}
