/**
 * One connection's socket, asked of the kernel itself: sock_diag(7), the protocol that ss(8) speaks.
 *
 * An answer costs 20 µs, where `/proc/net/tcp` costs milliseconds, since the kernel walks through its
 * whole table for it. Linux only.
 *
 * @module
 */
import { isIPv4 } from "node:net";
import process from "node:process";

/** Both ends of a connection, seen from one of them. */
export interface Ends {
  address: string;
  port: number;
  peerAddress: string;
  peerPort: number;
}

/** What the kernel tells of a socket. */
export interface Diagnosed {
  /** as in include/net/tcp_states.h */
  state: number;
  /** bytes received that the program has not read yet */
  rxQueue: number;
  /** bytes sent that the other side's kernel has not acknowledged yet */
  txQueue: number;
  /** `"0"` when no process holds it */
  inode: string;
}

// linux/netlink.h, linux/sock_diag.h, linux/inet_diag.h
const AF_NETLINK = 16;
const SOCK_DGRAM_CLOEXEC = 2 | 0o2000000;
const NETLINK_SOCK_DIAG = 4;
const NLM_F_REQUEST = 1;
const NLMSG_ERROR = 2;
const SOCK_DIAG_BY_FAMILY = 20;
const MSG_DONTWAIT = 0x40;
const AF_INET = 2;
const IPPROTO_TCP = 6;
const ENOENT = 2;

/** struct nlmsghdr and struct inet_diag_req_v2 */
const requestBytes = 72;

// Where the library cannot be loaded, the lessons that need it say so: the harness has another way.
const ask = process.platform === "linux" ? await openKernel().catch(() => undefined) : undefined;

/**
 * Asks for one socket of a connection over IPv4.
 *
 * @returns The socket; null when there is none; undefined where the kernel does not answer
 */
export function diagnose(ends: Ends): Diagnosed | null | undefined {
  if (!ask || !isIPv4(ends.address) || !isIPv4(ends.peerAddress)) return undefined;
  const answer = ask(request(ends));
  if (!answer) return undefined;
  if (answer.getUint16(4, true) === NLMSG_ERROR) {
    return answer.getInt32(16, true) === -ENOENT ? null : undefined;
  }
  // Where the connection is gone, the kernel gives the listener.
  if (answer.getUint16(22) !== ends.peerPort) return null;
  return {
    state: answer.getUint8(17),
    rxQueue: answer.getUint32(72, true),
    txQueue: answer.getUint32(76, true),
    inode: String(answer.getUint32(84, true)),
  };
}

// Numbers are in the machine's order, little-endian here, but ports and addresses in the network's.
function request({ address, port, peerAddress, peerPort }: Ends): Uint8Array {
  const bytes = new Uint8Array(requestBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, requestBytes, true);
  view.setUint16(4, SOCK_DIAG_BY_FAMILY, true);
  view.setUint16(6, NLM_F_REQUEST, true);
  bytes.set([AF_INET, IPPROTO_TCP], 16);
  view.setUint32(20, 0xffffffff, true); // in any state
  view.setUint16(24, port);
  view.setUint16(26, peerPort);
  bytes.set(address.split(".").map(Number), 28);
  bytes.set(peerAddress.split(".").map(Number), 44);
  bytes.fill(0xff, 64); // INET_DIAG_NOCOOKIE
  return bytes;
}

async function openKernel() {
  const libc = await import("#berkeley/system/libc.ts");
  const fd = libc.socket(AF_NETLINK, SOCK_DGRAM_CLOEXEC, NETLINK_SOCK_DIAG);
  if (fd < 0) return undefined;
  return (request: Uint8Array): DataView | undefined => {
    if (libc.send(fd, request, request.length, 0) < 0) return undefined;
    const answer = new Uint8Array(1024);
    // The kernel has answered before send() returns.
    const length = libc.recv(fd, answer, answer.length, MSG_DONTWAIT);
    return length < 20 ? undefined : new DataView(answer.buffer, 0, length);
  };
}
