/**
 * What was seen of a service of lesson 18's clinic: its log, what ss said, and its capture.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../course/disk.ts";

/** A line of what `ss -tan` said. */
export interface SsLine {
  /** counted from 1, the heading included */
  line: number;
  state: string;
  receiveQueue: number;
  sendQueue: number;
  /** the near end's address, `"10.0.0.1"` */
  address: string;
}

/** A segment of a capture. */
export interface Frame {
  /** counted from 1 */
  number: number;
  /** since the first one */
  ms: number;
  from: "client" | "server";
  /** the client's port: there may be several connections */
  clientPort: number;
  syn: boolean;
  fin: boolean;
  rst: boolean;
  /** sequence number, and acknowledgment number, as they stand there */
  seq: number;
  ack: number;
  /** bytes of payload; a capture may hold fewer of them */
  length: number;
  payload: Uint8Array;
}

/** All that was seen of a service. */
export interface Evidence {
  log: string[];
  ss: SsLine[];
  frames: Frame[];
}

/** The folder, from the root. */
export const clinicFolder = "lessons/data/18-troubleshooting/clinic";

/** What lies on disk of a service, `"till"`. */
export function evidenceOf(service: string): Evidence {
  const text = (ending: string) =>
    readFileSync(join(root, clinicFolder, `${service}.${ending}`), "utf8").trimEnd().split("\n");
  return {
    log: text("log"),
    ss: text("ss").map(readSs).slice(1),
    frames: readFrames(readFileSync(join(root, clinicFolder, `${service}.pcapng`))),
  };
}

function readSs(text: string, i: number): SsLine {
  const [state = "", receiveQueue, sendQueue, local = ""] = text.split(/\s+/);
  return {
    line: i + 1,
    state,
    receiveQueue: Number(receiveQueue),
    sendQueue: Number(sendQueue),
    address: local.slice(0, local.lastIndexOf(":")),
  };
}

/** The segments of a .pcapng file of one Ethernet card, as little-endian machines write it. */
function readFrames(bytes: Buffer): Frame[] {
  const frames: Frame[] = [];
  let begun = 0n;
  for (let at = 0; at < bytes.length; at += bytes.readUInt32LE(at + 4)) {
    if (bytes.readUInt32LE(at) !== 6) continue; // an Enhanced Packet Block
    // Times are in ns, as capture.sh stores them.
    const ns = BigInt(bytes.readUInt32LE(at + 12)) << 32n | BigInt(bytes.readUInt32LE(at + 16));
    if (frames.length === 0) begun = ns;
    const packet = bytes.subarray(at + 28 + 14, at + 28 + bytes.readUInt32LE(at + 20));
    frames.push({
      number: frames.length + 1,
      ms: Number(ns - begun) / 1e6,
      ...readSegment(packet),
    });
  }
  return frames;
}

function readSegment(packet: Buffer): Omit<Frame, "number" | "ms"> {
  const tcp = packet.subarray((packet[0]! & 15) * 4);
  const headers = packet.length - tcp.length + (tcp[12]! >> 4) * 4;
  const length = packet.readUInt16BE(2) - headers;
  const toServer = tcp.readUInt16BE(2) === 65432;
  const flags = tcp[13]!;
  return {
    from: toServer ? "client" : "server",
    clientPort: tcp.readUInt16BE(toServer ? 0 : 2),
    syn: (flags & 2) !== 0,
    fin: (flags & 1) !== 0,
    rst: (flags & 4) !== 0,
    seq: tcp.readUInt32BE(4),
    ack: tcp.readUInt32BE(8),
    length,
    // An Ethernet frame may be longer than what it carries, and a capture shorter.
    payload: packet.subarray(headers, headers + length),
  };
}
