/**
 * The kernel's own table of TCP sockets, `/proc/net/tcp` and `/proc/net/tcp6` (proc(5)); Linux only.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { diagnose, type Ends } from "./sock-diag.ts";

/** One socket as the kernel sees it. */
export interface KernelSocket {
  address: string;
  port: number;
  peerAddress: string;
  peerPort: number;
  /** `"LISTEN"`, `"ESTABLISHED"`, `"CLOSE-WAIT"` ... */
  state: string;
  /** bytes received that the program has not read yet */
  rxQueue: number;
  /** bytes sent that the other side's kernel has not acknowledged yet */
  txQueue: number;
  /** the number under which a process holds it open, `"12345"`; `"0"` when none does */
  inode: string;
}

// include/net/tcp_states.h
const states = [
  "",
  "ESTABLISHED",
  "SYN-SENT",
  "SYN-RECV",
  "FIN-WAIT-1",
  "FIN-WAIT-2",
  "TIME-WAIT",
  "CLOSED",
  "CLOSE-WAIT",
  "LAST-ACK",
  "LISTEN",
  "CLOSING",
];

/** Whether this system has the table. */
export const hasKernelTable: boolean = existsSync("/proc/net/tcp");

/** All TCP sockets of this machine; empty where there is no table. */
export function kernelSockets(): KernelSocket[] {
  return [...table("tcp"), ...table("tcp6")];
}

/** One end of a connection. */
export function kernelSocket(ends: Ends): KernelSocket | undefined {
  const told = diagnose(ends);
  if (told === null) return undefined;
  if (told) return { ...ends, ...told, state: states[told.state] ?? "" };
  const isIt = (it: KernelSocket) => it.port === ends.port && it.peerPort === ends.peerPort;
  // A socket that accepts IPv4 as IPv6 is rare.
  return table("tcp").find(isIt) ?? table("tcp6").find(isIt);
}

/**
 * Whether this process holds a socket open, be it connected or not; Linux only.
 *
 * @param inode From {@link KernelSocket}
 */
export function holdsOpen(inode: string): boolean {
  return readdirSync("/proc/self/fd").some((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === `socket:[${inode}]`;
    } catch {
      return false; // it was closed meanwhile
    }
  });
}

/** One of the tables as it is printed; empty where there is none. */
export function kernelTable(name: "tcp" | "tcp6"): string {
  const file = `/proc/net/${name}`;
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function table(name: "tcp" | "tcp6"): KernelSocket[] {
  return kernelTable(name).split("\n").slice(1).filter(Boolean).map(parse);
}

function parse(line: string): KernelSocket {
  const fields = line.trim().split(/\s+/);
  const [, local = "", remote = "", state = "", queues = ""] = fields;
  const [address = "", port = ""] = local.split(":");
  const [peerAddress = "", peerPort = ""] = remote.split(":");
  return {
    address: readable(address),
    port: parseInt(port, 16),
    peerAddress: readable(peerAddress),
    peerPort: parseInt(peerPort, 16),
    state: states[parseInt(state, 16)] ?? state,
    rxQueue: parseInt(queues.split(":")[1] ?? "", 16),
    txQueue: parseInt(queues.split(":")[0] ?? "", 16),
    inode: fields[9] ?? "0",
  };
}

function readable(hex: string): string {
  return hex.length === 8 ? dotted(hex) : colons(hex);
}

// The table prints an IPv4 address as a number in the machine's byte order: little-endian here.
function dotted(hex: string): string {
  return hex.match(/../g)!.reverse().map((pair) => parseInt(pair, 16)).join(".");
}

function colons(hex: string): string {
  if (/^0+$/.test(hex)) return "::";
  if (/^0{24}01000000$/.test(hex)) return "::1";
  return hex.startsWith("0000000000000000FFFF0000") ? `::ffff:${dotted(hex.slice(24))}` : hex;
}
