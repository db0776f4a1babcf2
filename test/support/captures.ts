/**
 * The stored captures, as far as tests need them: the bytes of each TCP segment, and beside them
 * what tshark reads there (lessons/data/01-tcp/headers.sh).
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../course/disk.ts";

/** A TCP segment on its way, with what tshark says of its header. */
export interface StoredSegment {
  /** `"whoami"` */
  capture: string;
  /** the number of its frame, from 1 */
  frame: number;
  /** header and payload, in memory of their own */
  bytes: Uint8Array;
  /** tshark's values by its own names of fields, `tcp.srcport` */
  fields: Record<string, string>;
}

/** The segments of all captures of lesson 1, in their order. */
export function storedSegments(): StoredSegment[] {
  const folder = join(root, "lessons/data/01-tcp");
  const table = readFileSync(join(folder, "headers.tsv"), "utf8").trimEnd().split("\n");
  const [names, ...rows] = table.filter((line) => !line.startsWith("#"))
    .map((line) => line.split("\t"));
  const frames = new Map<string, Uint8Array[]>();
  return rows.map(([capture = "", ...values]) => {
    const fields = Object.fromEntries(values.map((value, i) => [names![i + 1]!, value]));
    if (!frames.has(capture)) frames.set(capture, framesOf(join(folder, `${capture}.pcapng`)));
    const frame = Number(fields["frame.number"]);
    return { capture, frame, bytes: segmentOf(frames.get(capture)![frame - 1]!), fields };
  });
}

/** What tshark reads in a header, by our own names; undefined where there is no such option. */
export function tsharkReads(fields: StoredSegment["fields"]) {
  const numbers = (name: string) =>
    fields[`tcp.${name}`]?.split(",").filter(Boolean).map(Number) ?? [];
  const number = (name: string) => numbers(name)[0]!;
  const rights = numbers("options.sack_re");
  const sack = numbers("options.sack_le").map((left, i) => ({ left, right: rights[i]! }));
  const [value] = numbers("options.timestamp.tsval");
  const echo = number("options.timestamp.tsecr");
  return {
    sourcePort: number("srcport"),
    destinationPort: number("dstport"),
    sequenceNumber: number("seq_raw"),
    acknowledgmentNumber: number("ack_raw"),
    payloadOffset: number("hdr_len"),
    flagBits: number("flags"),
    window: number("window_size_value"),
    checksum: number("checksum"),
    urgentPointer: number("urgent_pointer"),
    mss: numbers("options.mss_val")[0],
    windowScale: numbers("options.wscale.shift")[0],
    sackPermitted: numbers("option_kind").includes(4),
    sack: sack.length > 0 ? sack : undefined,
    timestamps: value === undefined ? undefined : { value, echo },
  };
}

/** The packets of a .pcapng file of one interface, as little-endian machines write it. */
function framesOf(file: string): Uint8Array[] {
  const bytes = readFileSync(file);
  const frames: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readUInt32LE(at + 4)) {
    if (bytes.readUInt32LE(at) !== 6) continue; // an Enhanced Packet Block
    frames.push(bytes.subarray(at + 28, at + 28 + bytes.readUInt32LE(at + 20)));
  }
  return frames;
}

/** What is behind Ethernet and IPv4; an Ethernet frame may be longer than what it carries. */
function segmentOf(frame: Uint8Array): Uint8Array {
  const ip = frame.subarray(14);
  const length = ip[2]! << 8 | ip[3]!;
  return Uint8Array.from(ip.subarray((ip[0]! & 15) * 4, length));
}
