/**
 * The numbers that C's headers have names for, as this system counts them.
 *
 * @module
 */
import type { Inet6Address, InetAddress, UnixAddress } from "./address.ts";
import { absent, here } from "./platform.ts";

declare const kind: unique symbol;

/** A number that says which kind of address a socket has. */
export type AddressFamily<A> = number & {
  /** For the type checker alone: nothing has this property. */
  readonly [kind]?: A;
};

/** IPv4: addresses are `["127.0.0.1", 65432]`. ip(7) */
export const AF_INET: AddressFamily<InetAddress> = here(2, 2);
/** IPv6: addresses are `["::1", 65432, 0, 0]`. ipv6(7) */
export const AF_INET6: AddressFamily<Inet6Address> = here(10, 30);
/** Within this machine: addresses are paths of files. unix(7) */
export const AF_UNIX: AddressFamily<UnixAddress> = here(1, 1);
/** Any family, where {@link getaddrinfo} is asked. */
export const AF_UNSPEC: number = here(0, 0);

/** A stream of bytes, which is TCP for {@link AF_INET} and {@link AF_INET6}. */
export const SOCK_STREAM: number = here(1, 1);
/** Single packets, each whole or not at all: UDP. */
export const SOCK_DGRAM: number = here(2, 2);

/** {@link Socket.shutdown}: read no more. */
export const SHUT_RD: number = here(0, 0);
/** {@link Socket.shutdown}: send no more; the FIN goes out behind the last byte. */
export const SHUT_WR: number = here(1, 1);
/** {@link Socket.shutdown}: neither. */
export const SHUT_RDWR: number = here(2, 2);

/** The level of options that every socket has. socket(7) */
export const SOL_SOCKET: number = here(1, 0xffff);
/** The level of TCP's options. tcp(7) */
export const IPPROTO_TCP: number = here(6, 6);
/** The level of UDP's options. udp(7) */
export const IPPROTO_UDP: number = here(17, 17);
/** The level of IPv4's options. ip(7) */
export const IPPROTO_IP: number = here(0, 0);
/** The level of IPv6's options. ipv6(7) */
export const IPPROTO_IPV6: number = here(41, 41);

/** The address may be bound although connections in TIME_WAIT have it. socket(7) */
export const SO_REUSEADDR: number = here(2, 0x4);
/** Several sockets may be bound to one address, if all of them say so. socket(7) */
export const SO_REUSEPORT: number = here(15, 0x200);
/** The size of the buffer for what is to be sent, in bytes; Linux gives twice what it is told. */
export const SO_SNDBUF: number = here(7, 0x1001);
/** The size of the buffer for what was received, in bytes; Linux gives twice what it is told. */
export const SO_RCVBUF: number = here(8, 0x1002);
/** The error that waits on a socket, as a number, 0 when there is none; asking clears it. */
export const SO_ERROR: number = here(4, 0x1007);
/** {@link SOCK_STREAM} or {@link SOCK_DGRAM}; to be read. */
export const SO_TYPE: number = here(3, 0x1008);
/** 1 when the socket listens; to be read. */
export const SO_ACCEPTCONN: number = here(30, 0x2);
/** Whether the kernel probes an idle connection. tcp(7) */
export const SO_KEEPALIVE: number = here(9, 0x8);
/** How long close() waits for what is unsent, `pack("ii", on, seconds)`; 0 seconds is a reset. */
export const SO_LINGER: number = here(13, 0x80);
/** How long a blocking receive waits, `pack("@ll", seconds, microseconds)`. */
export const SO_RCVTIMEO: number = here(20, 0x1006);
/** How long a blocking send waits, `pack("@ll", seconds, microseconds)`. */
export const SO_SNDTIMEO: number = here(21, 0x1005);
/** Whether UDP packets may go to a broadcast address. */
export const SO_BROADCAST: number = here(6, 0x20);

/** Whether small pieces go out at once (Nagle's algorithm off). tcp(7) */
export const TCP_NODELAY: number = here(1, 1);
/** Whether only full segments go out, Linux only. tcp(7) */
export const TCP_CORK: number = here(3, absent);
/** The largest segment, in bytes. tcp(7) */
export const TCP_MAXSEG: number = here(2, 2);
/** The time of idleness before the first keepalive probe, in seconds. tcp(7) */
export const TCP_KEEPIDLE: number = here(4, 0x10);
/** The time between two keepalive probes, in seconds. tcp(7) */
export const TCP_KEEPINTVL: number = here(5, 0x101);
/** How many keepalive probes go unanswered before the connection is given up. tcp(7) */
export const TCP_KEEPCNT: number = here(6, 0x102);
/** How many SYNs are sent again before a connect is given up, Linux only. tcp(7) */
export const TCP_SYNCNT: number = here(7, absent);
/** accept() waits for the first bytes so many seconds, Linux only. tcp(7) */
export const TCP_DEFER_ACCEPT: number = here(9, absent);
/** What the kernel knows of a connection, Linux only: `tcp_info()` reads it. */
export const TCP_INFO: number = here(11, absent);
/** Whether ACKs go out at once, for the time being, Linux only. tcp(7) */
export const TCP_QUICKACK: number = here(12, absent);
/** The name of the congestion control, Linux only. tcp(7) */
export const TCP_CONGESTION: number = here(13, absent);
/** How long sent bytes may stay unacknowledged, in milliseconds, Linux only. tcp(7) */
export const TCP_USER_TIMEOUT: number = here(18, absent);
/** How many unsent bytes a socket may have and still count as writable. tcp(7) */
export const TCP_NOTSENT_LOWAT: number = here(25, 0x201);

/** Whether an IPv6 socket leaves IPv4 alone. ipv6(7) */
export const IPV6_V6ONLY: number = here(26, 27);

/** recv(): look, and leave the bytes where they are. */
export const MSG_PEEK: number = here(0x2, 0x2);
/** recv(): wait until all that was asked for is there, or the end, or a time limit, or a signal. */
export const MSG_WAITALL: number = here(0x100, 0x40);
/** recv() and send(): do not wait, this time, whatever settimeout() says. */
export const MSG_DONTWAIT: number = here(0x40, 0x80);
/** send() and recv(): the urgent byte, which RFC 6093 advises against. */
export const MSG_OOB: number = here(0x1, 0x1);
/** send(): more follows at once, Linux only. */
export const MSG_MORE: number = here(0x8000, absent);
/** recv_into() of a packet: the length that it had, not the length that was taken, on Linux. */
export const MSG_TRUNC: number = here(0x20, 0x10);
/** send(): no SIGPIPE when the peer has gone; this library always says so on Linux. */
export const MSG_NOSIGNAL: number = here(0x4000, 0x80000);

/** getaddrinfo(): the address is to be bound, so no host is any interface. */
export const AI_PASSIVE: number = here(0x1, 0x1);
/** getaddrinfo(): also give the host's canonical name. */
export const AI_CANONNAME: number = here(0x2, 0x2);
/** getaddrinfo(): the host is a number; no name server is asked. */
export const AI_NUMERICHOST: number = here(0x4, 0x4);
/** getaddrinfo(): the port is a number. */
export const AI_NUMERICSERV: number = here(0x400, 0x1000);

/** The most that listen() can ask for, unless the administrator allows more. */
export const SOMAXCONN: number = here(4096, 128);
/** Any interface of this machine, as bind() takes it: text, where C and Python have a number. */
export const INADDR_ANY = "0.0.0.0";
/** This machine, to itself; text, too. */
export const INADDR_LOOPBACK = "127.0.0.1";
