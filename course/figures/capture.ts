/**
 * Reads a stored capture with tshark, which knows more of TCP than a reader of ours would.
 *
 * @module
 */
import { spawnSync } from "node:child_process";

/** One end of a connection. */
export interface End {
  address: string;
  port: number;
}

/** A TCP segment as it went over the wire. */
export interface Segment {
  /** milliseconds since the first one */
  ms: number;
  from: End;
  to: End;
  /** `["SYN", "ACK"]`, in the order in which people say them */
  flags: string[];
  /** counted from the first of each direction, which is 0 (Wireshark's relative numbers) */
  seq: number;
  /** undefined where the ACK flag is not set */
  ack?: number;
  payload: Uint8Array;
}

const fields = [
  "frame.time_relative",
  "ip.src",
  "tcp.srcport",
  "ip.dst",
  "tcp.dstport",
  "tcp.flags",
  "tcp.seq",
  "tcp.ack",
  "tcp.payload",
] as const;

/** RFC 9293, section 3.1; PSH says nothing that a reader of a picture needs. */
const flagNames: [number, string][] = [
  [0x02, "SYN"],
  [0x01, "FIN"],
  [0x04, "RST"],
  [0x10, "ACK"],
];

/**
 * The TCP segments of a capture, in time.
 *
 * @param path Of the .pcapng file
 * @throws {Error} When tshark cannot read it
 */
export function readCapture(path: string): Segment[] {
  // Not as this machine's user has set Wireshark up.
  const relative = "tcp.relative_sequence_numbers:TRUE";
  const words = [
    "-r",
    path,
    "-o",
    relative,
    "-T",
    "fields",
    ...fields.flatMap((field) => ["-e", field]),
  ];
  const { status, stdout, stderr } = spawnSync("tshark", [...words, "tcp"], { encoding: "utf8" });
  if (status !== 0) throw new Error(`tshark cannot read ${path}: ${stderr}`);
  return stdout.split("\n").filter(Boolean).map((line) => {
    const [time, src, srcPort, dst, dstPort, flags, seq, ack, payload] = line.split("\t");
    const bits = Number(flags);
    return {
      ms: Number(time) * 1000,
      from: { address: src!, port: Number(srcPort) },
      to: { address: dst!, port: Number(dstPort) },
      flags: flagNames.filter(([bit]) => bits & bit).map(([, name]) => name),
      seq: Number(seq),
      ...(bits & 0x10 ? { ack: Number(ack) } : {}),
      payload: Buffer.from(payload ?? "", "hex"),
    };
  });
}
