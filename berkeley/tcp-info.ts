/**
 * What the kernel knows of a connection and never tells by itself: TCP_INFO, Linux only.
 *
 * @module
 */
import { IPPROTO_TCP, Socket, TCP_INFO } from "./socket.ts";
import { show } from "./system/check.ts";
import { isLinux, littleEndian } from "./system/platform.ts";

/** A state of RFC 9293 section 3.3.2. */
export type TcpState =
  | "ESTABLISHED"
  | "SYN-SENT"
  | "SYN-RECEIVED"
  | "FIN-WAIT-1"
  | "FIN-WAIT-2"
  | "TIME-WAIT"
  | "CLOSED"
  | "CLOSE-WAIT"
  | "LAST-ACK"
  | "LISTEN"
  | "CLOSING";

/** In the order in which Linux counts them from 1 on. */
const states: TcpState[] = [
  "ESTABLISHED",
  "SYN-SENT",
  "SYN-RECEIVED",
  "FIN-WAIT-1",
  "FIN-WAIT-2",
  "TIME-WAIT",
  "CLOSED",
  "CLOSE-WAIT",
  "LAST-ACK",
  "LISTEN",
  "CLOSING",
];

/** `struct tcp_info` of linux/tcp.h, without the prefix that all its names have there. */
export interface TcpInfo {
  /** where the connection stands */
  state: TcpState;
  /** how often the oldest unacknowledged segment was sent again by time-out, for now */
  retransmits: number;
  /** how many keepalive or zero-window probes are unanswered */
  probes: number;
  /** by how many doublings the time-out has grown */
  backoff: number;
  /** time until a segment is sent again, in microseconds */
  rto_us: number;
  /** how long an ACK may be delayed, in microseconds */
  ato_us: number;
  /** the largest segment sent, in bytes */
  snd_mss: number;
  /** the largest segment expected, in bytes */
  rcv_mss: number;
  /** segments on their way; of a listener, connections that wait to be accepted */
  unacked: number;
  /** segments that the peer has beyond a gap; of a listener, its backlog */
  sacked: number;
  /** segments that count as lost */
  lost: number;
  /** segments sent again, on their way */
  retrans: number;
  /** time since data was last sent, in milliseconds */
  last_data_sent_ms: number;
  /** time since data last came, in milliseconds */
  last_data_recv_ms: number;
  /** time since an ACK last came, in milliseconds */
  last_ack_recv_ms: number;
  /** the path's largest packet, in bytes */
  pmtu: number;
  /** the smoothed round-trip time, in microseconds. RFC 6298 */
  rtt_us: number;
  /** its variation, in microseconds */
  rttvar_us: number;
  /** where slow start ends, in segments */
  snd_ssthresh: number;
  /** the congestion window, in segments. RFC 5681 */
  snd_cwnd: number;
  /** the MSS that was announced, in bytes */
  advmss: number;
  /** segments sent again since the connection began */
  total_retrans: number;
  /** bytes that the peer's kernel has acknowledged */
  bytes_acked: bigint;
  /** bytes that came in order */
  bytes_received: bigint;
  /** segments sent, all */
  segs_out: number;
  /** segments received, all */
  segs_in: number;
  /** bytes in the buffer that were never sent yet */
  notsent_bytes: number;
  /** the shortest round trip so far, in microseconds */
  min_rtt_us: number;
}

/** Up to the last field above, which Linux has had since 4.6. */
const leastBytes = 152;

/**
 * Asks the kernel what it knows of a connection.
 *
 * Elsewhere: C `getsockopt(fd, IPPROTO_TCP, TCP_INFO)`; `ss -ti` prints it; `node:net` and Deno do not
 * have it.
 *
 * @param sock A TCP socket
 * @throws {OSError} When it is closed, or no TCP socket
 * @throws {Error} Where the kernel is another, or older than Linux 4.6
 */
export function tcp_info(sock: Socket): TcpInfo {
  if (!isLinux) throw new Error("tcp_info() asks for what Linux alone tells");
  if (!(sock instanceof Socket)) {
    throw new TypeError(`tcp_info() takes a socket, got ${show(sock)}`);
  }
  const bytes = sock.getsockopt(IPPROTO_TCP, TCP_INFO, 256);
  if (bytes.length < leastBytes) {
    throw new Error(`tcp_info() takes Linux 4.6 or newer: got ${bytes.length} bytes`);
  }
  const view = new DataView(bytes.buffer);
  const u8 = (at: number) => view.getUint8(at);
  const u32 = (at: number) => view.getUint32(at, littleEndian);
  const u64 = (at: number) => view.getBigUint64(at, littleEndian);
  return {
    state: states[u8(0) - 1] ?? "CLOSED",
    retransmits: u8(2),
    probes: u8(3),
    backoff: u8(4),
    rto_us: u32(8),
    ato_us: u32(12),
    snd_mss: u32(16),
    rcv_mss: u32(20),
    unacked: u32(24),
    sacked: u32(28),
    lost: u32(32),
    retrans: u32(36),
    last_data_sent_ms: u32(44),
    last_data_recv_ms: u32(52),
    last_ack_recv_ms: u32(56),
    pmtu: u32(60),
    rtt_us: u32(68),
    rttvar_us: u32(72),
    snd_ssthresh: u32(76),
    snd_cwnd: u32(80),
    advmss: u32(84),
    total_retrans: u32(100),
    bytes_acked: u64(120),
    bytes_received: u64(128),
    segs_out: u32(136),
    segs_in: u32(140),
    notsent_bytes: u32(144),
    min_rtt_us: u32(148),
  };
}
