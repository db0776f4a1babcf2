/**
 * Takes a frame of a stored capture apart, byte by byte: Ethernet, IPv4, TCP, and what TCP carries.
 *
 * Lesson 1.
 *
 *     node examples/01-tcp/layers.ts [file] [frame]
 *     deno run --allow-read=lessons/data examples/01-tcp/layers.ts [file] [frame]
 *
 * Prints the offset of each field in the frame, its bytes, and what they mean. Reads .pcapng files as
 * little-endian machines write them, with one Ethernet interface.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import process from "node:process";

const file = process.argv[2] ?? "lessons/data/01-tcp/whoami.pcapng";
const frameNumber = Number(process.argv[3] ?? 1);

// #region pcapng
/** A .pcapng file is a row of blocks; each begins with its type and its length, 4 bytes each. */
function findFrame(capture: Buffer, wanted: number): Buffer | undefined {
  let seen = 0;
  for (let at = 0; at + 12 <= capture.length; at += Math.max(12, capture.readUInt32LE(at + 4))) {
    const isPacket = capture.readUInt32LE(at) === 6;
    if (!isPacket || ++seen < wanted) continue;
    // In a block of type 6 the length of the frame stands at 20, and the frame at 28.
    return capture.subarray(at + 28, at + 28 + capture.readUInt32LE(at + 20));
  }
}
// #endregion

const frame = findFrame(readFileSync(file), frameNumber);
if (!frame || frame.length < 54) {
  console.error(`${file} has no frame ${frameNumber}, or it is too short for TCP`);
  process.exit(1);
}
let at = 0;

/** Prints the next bytes and what they mean as a number, the first byte the highest. */
function take(count: number, say: (value: number, bytes: Buffer) => string): number {
  const bytes = frame.subarray(at, at + count);
  const value = count > 0 && count <= 6 ? bytes.readUIntBE(0, count) : 0;
  const hex = bytes.toString("hex").replaceAll(/..(?!$)/g, "$& ");
  console.log(`${String(at).padStart(4)}  ${hex.padEnd(30)}  ${say(value, bytes)}`.trimEnd());
  at += count;
  return value;
}

const mac = (_value: number, bytes: Buffer) => bytes.toString("hex").replaceAll(/..(?!$)/g, "$&:");
const dotted = (_value: number, bytes: Buffer) => bytes.join(".");
const flags = ["CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"];
const hex16 = (value: number) => `0x${value.toString(16).padStart(4, "0")}`;

console.log(`${file}, frame ${frameNumber}: ${frame.length} bytes`);
console.log("Ethernet");
take(6, (...it) => `to ${mac(...it)}`);
take(6, (...it) => `from ${mac(...it)}`);
const etherType = take(2, (type) => type === 0x0800 ? "carries IPv4" : "carries something else");
if (etherType !== 0x0800) process.exit(0);

console.log("IPv4");
const ipWords = take(1, (byte) => `version ${byte >> 4}, header of ${(byte & 15) * 4} bytes`) & 15;
take(1, () => "class of service, and room for a mark of congestion");
const ipLength = take(2, (length) => `${length} bytes from here on: header and all it carries`);
take(2, (id) => `identification ${hex16(id)}`);
take(2, (bits) => (bits & 0x4000) !== 0 ? "must not be cut into fragments" : "fragment");
take(1, (hops) => `may pass ${hops} routers`);
const protocol = take(1, (value) => value === 6 ? "carries TCP" : "carries something else");
take(2, (sum) => `checksum ${hex16(sum)}, of this header alone`);
take(4, (...it) => `from ${dotted(...it)}`);
take(4, (...it) => `to ${dotted(...it)}`);
if (ipWords > 5) take(ipWords * 4 - 20, () => "options");
if (protocol !== 6) process.exit(0);

// #region tcp
console.log("TCP");
const header = at;
take(2, (port) => `from port ${port}`);
take(2, (port) => `to port ${port}`);
take(4, (number) => `sequence number ${number}`);
take(4, (number) => `acknowledgment number ${number}`);
const words = take(1, (byte) => `data offset ${byte >> 4}: a header of ${(byte >> 4) * 4} bytes`) >>
  4;
take(1, (byte) => flags.filter((_, i) => (byte & 0x80 >> i) !== 0).join(" ") || "no flags");
take(2, (size) => `window ${size}`);
take(2, (sum) => `checksum ${hex16(sum)}`);
take(2, (pointer) => `urgent pointer ${pointer}`);
while (at < header + words * 4) takeOption(header + words * 4);
// #endregion

console.log("Payload");
// Ethernet fills short frames up; the length in the IP header says what belongs to TCP.
take(14 + ipLength - at, (_value, bytes) => JSON.stringify(bytes.toString("latin1")));

function blocks(data: Buffer): string[] {
  return [0, 8, 16, 24].filter((at) => at + 8 <= data.length)
    .map((at) => `${data.readUInt32BE(at)} to ${data.readUInt32BE(at + 4) - 1}`);
}

/** An option: its kind, its length with both of these bytes, and its data. */
function takeOption(end: number): void {
  const kind = frame[at];
  if (kind === 0) return void take(end - at, () => "end of options");
  if (kind === 1) return void take(1, () => "NOP");
  const length = Math.min(end - at, Math.max(2, frame[at + 1] ?? 0));
  take(length, (_value, option) => {
    if (kind === 2) return `MSS ${option.readUInt16BE(2)}: largest segment it will take`;
    if (kind === 3) {
      return `window scale ${option[2]}: later windows count ${1 << option[2]!} bytes`;
    }
    if (kind === 4) return "SACK permitted";
    if (kind === 5) return `SACK: ${blocks(option.subarray(2)).join(", ")} have come`;
    if (kind === 8) return `timestamp ${option.readUInt32BE(2)}, echo ${option.readUInt32BE(6)}`;
    return `option ${kind}`;
  });
}
