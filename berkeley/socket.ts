/**
 * Sockets, as the operating system has them: the calls of 4.2BSD, under the names that they have in C
 * and in Python.
 *
 * ```ts
 * using listener = socket(AF_INET, SOCK_STREAM);
 * listener.bind(["127.0.0.1", 65432]);
 * listener.listen();
 * const [conn, address] = listener.accept(); // the thread stops here until there is a client
 * using _ = conn; // closed at the end of the block, as Python's with does
 * ```
 *
 * A call that waits stops the thread: no timer, no promise and no event of Node or Deno goes on
 * meanwhile, and no signal handler written in JavaScript. `setblocking(false)` and `settimeout()` say
 * otherwise. In a worker a call waits in stretches of 50 ms, so that `process.exit()` and
 * `terminate()` can end it; the kernel takes such a socket for a non-blocking one, so SO_RCVTIMEO and
 * MSG_WAITALL have no effect there. Two calls cannot be cut up so, and keep the process from its end
 * until they are over: a getaddrinfo() that waits for a name server, also within connect() and others
 * that are given a name, and the close() of a socket that SO_LINGER makes wait. Workers are those of
 * `node:worker_threads`: a Worker of the web, which Deno has besides, cannot be terminated while it
 * waits or computes.
 *
 * Two things are as in TypeScript, not as in Python: an address is an array, `["127.0.0.1", 65432]`,
 * and bytes are a `Uint8Array`. Times are in seconds, as Python has them. What cannot be right is
 * refused before the call, with a TypeError or a RangeError; what the system refuses is an
 * {@link OSError}. A socket that nobody closes stays open until the process ends.
 *
 * On Deno a program that imports this needs `--allow-ffi`, which stands above all other permissions.
 *
 * @module
 */
import { OSError } from "./errors.ts";
import { type Address, addressSize, decodeAddress } from "./system/address.ts";
import {
  checkBytes,
  checkInt,
  checkInteger,
  checkOptions,
  checkSeconds,
  restOf,
  show,
  sizeOf,
} from "./system/check.ts";
import {
  type AddressFamily,
  AF_INET,
  AF_INET6,
  AF_UNIX,
  IPPROTO_IPV6,
  IPV6_V6ONLY,
  MSG_DONTWAIT,
  MSG_NOSIGNAL,
  MSG_TRUNC,
  MSG_WAITALL,
  SHUT_RD,
  SHUT_RDWR,
  SO_ERROR,
  SO_REUSEADDR,
  SO_REUSEPORT,
  SOCK_STREAM,
  SOL_SOCKET,
} from "./system/constants.ts";
import * as descriptor from "./system/descriptor.ts";
import { checkDescriptor, must } from "./system/descriptor.ts";
import { closed, EAGAIN, EINPROGRESS, EINTR, failed, timedOut } from "./system/fail.ts";
import * as libc from "./system/libc.ts";
import { type AddressHints, type AddressInfo, lookUp } from "./system/names.ts";
import { isLinux, littleEndian } from "./system/platform.ts";
import { resolve } from "./system/resolve.ts";
import { mayWait, pause, POLLIN, POLLOUT, waitFor } from "./system/wait.ts";

export * from "./system/constants.ts";
export type { Address, Inet6Address, InetAddress, UnixAddress } from "./system/address.ts";
export type { HasFileno } from "./system/descriptor.ts";
export type { AddressHints, AddressInfo } from "./system/names.ts";

/** The most bytes that one call may be asked for. */
const mostBytes = 0x7fff_ffff;
/** The most that recv() makes memory for: no kernel has more than that waiting. */
const mostRoom = 1 << 26;

/** Where recv() has the kernel write; what it gives is a copy, of the size that came. */
let scratch = new Uint8Array(65536);
/** The most that is kept for that: who asks for more in each call would leave as much garbage. */
const mostScratch = 1 << 20;
const addressRoom = new Uint8Array(addressSize);
const addressLength = new Int32Array(1);

// A worker waits outside of the call, even where another thread says of the descriptor that they
// share that its calls wait.
const whenReceiving = mayWait ? 0 : MSG_DONTWAIT;
// Without MSG_NOSIGNAL the kernel would send SIGPIPE, which runtimes ignore and other hosts may not.
const whenSending = whenReceiving | (isLinux ? MSG_NOSIGNAL : 0);

/** What connect() comes to when its time limit is over: no errno. */
const tooLate = -1;
/** How long to wait, in ms, where nothing tells when to try again. */
const pauseMs = 1;

/**
 * Makes a socket: one end of a conversation, not yet with anybody.
 *
 * Elsewhere: C `socket(2)`; Python `socket.socket()`; `node:net` within `listen()` and `connect()`;
 * Deno within `Deno.listen()` and `Deno.connect()`.
 *
 * @param family AF_INET, AF_INET6 or AF_UNIX: the kind of its address
 * @param type SOCK_STREAM (TCP) or SOCK_DGRAM (UDP)
 * @param proto 0: the one protocol that family and type have
 * @param fileno A descriptor to make it of, from {@link Socket.detach}, in this thread or another of
 * the process; it must be a socket of this family and type
 * @returns A socket that waits in its calls
 * @throws {OSError} EAFNOSUPPORT, EPROTONOSUPPORT; EMFILE, with no descriptor left; ENOTSOCK, EBADF
 * @throws {TypeError} When the descriptor is a socket of another family or type
 */
export function socket<A extends Address = Address>(
  family: AddressFamily<A>,
  type: number = SOCK_STREAM,
  proto: number = 0,
  fileno?: number,
): Socket<A> {
  checkInt("socket() takes a family", family);
  checkInt("socket() takes a type", type);
  checkInt("socket() takes a protocol", proto);
  if (fileno !== undefined) return adopt(family, type, fileno);
  const fd = must("socket", () => libc.socket(family, type | descriptor.newFlags, proto));
  return own([fd], family, type)[0]!;
}

/** Makes sockets of new descriptors, which are closed when that fails. */
function own<A extends Address>(
  fds: number[],
  family: AddressFamily<A>,
  type: number,
): Socket<A>[] {
  try {
    fds.forEach(descriptor.prepare);
    return fds.map((fd) => new Socket(fd, family, type));
  } catch (error) {
    for (const fd of fds) libc.close(fd);
    throw error;
  }
}

function adopt<A extends Address>(
  family: AddressFamily<A>,
  type: number,
  fileno: number,
): Socket<A> {
  const fd = checkDescriptor("socket", fileno);
  const is = descriptor.identify(fd);
  if (is.type !== type || (is.family !== -1 && is.family !== family)) {
    throw new TypeError(
      `socket() takes a descriptor of family ${family} and ${descriptor.typeName(type)}, ` +
        `got one of family ${is.family} and ${descriptor.typeName(is.type)}`,
    );
  }
  return new Socket(fd, family, type);
}

/** One end of a conversation. */
export class Socket<A extends Address = Address> implements Disposable {
  /** AF_INET, AF_INET6 or AF_UNIX. */
  readonly family: AddressFamily<A>;
  /** SOCK_STREAM or SOCK_DGRAM. */
  readonly type: number;
  #fd: number;
  /** null waits without end, 0 not at all */
  #seconds: number | null = null;

  /**
   * Takes over a descriptor; programs call {@link socket}.
   *
   * @hidden
   * @param fd A socket's descriptor
   * @param family Its family
   * @param type Its type
   */
  constructor(fd: number, family: AddressFamily<A>, type: number) {
    this.#fd = checkDescriptor("Socket", fd);
    this.family = checkInt("Socket() takes a family", family) as AddressFamily<A>;
    this.type = checkInt("Socket() takes a type", type);
    if (!mayWait) descriptor.setWaits(fd, false);
  }

  /**
   * The number of its descriptor, by which the kernel knows it; -1 when it is closed.
   *
   * Elsewhere: Python `fileno()`; in C the number is all there is.
   */
  fileno(): number {
    return this.#fd;
  }

  /**
   * Gives the socket its own address. Port 0 is any free port, which {@link getsockname} tells then;
   * the host `""` is every interface, and the path `""` any abstract name (unix(7), Linux). A client
   * need not do this.
   *
   * Elsewhere: C `bind(2)`; Python `bind()`; `node:net` and Deno within `listen()`.
   *
   * @param address `["127.0.0.1", 65432]`, `["::1", 65432]`, or a path
   * @throws {OSError} EADDRINUSE, when another socket has it; EADDRNOTAVAIL, when it is no address of
   * this machine; EINVAL, when this socket has one already
   * @throws {PermissionError} EACCES, for a port below 1024 where that is a privilege
   * @throws {gaierror} When a name has no address
   */
  bind(address: A | readonly [string, number]): void {
    this.#open("bind");
    const bytes = resolve("bind", this.family, address);
    const fd = this.#open("bind");
    must("bind", () => libc.bind(fd, bytes, bytes.length), address);
  }

  /**
   * Has the kernel answer whoever calls. It does the handshakes by itself and queues the connections
   * that are complete, for {@link accept} to fetch; this socket itself carries no data.
   *
   * Elsewhere: C `listen(2)`; Python `listen()`; `node:net` `server.listen({ backlog })`; Deno
   * `Deno.listen({ tcpBacklog })`.
   *
   * @param backlog How many complete connections may wait to be accepted; Linux caps it at
   * /proc/sys/net/core/somaxconn and lets one more in
   * @throws {OSError} EADDRINUSE; EOPNOTSUPP, for a SOCK_DGRAM socket
   */
  listen(backlog: number = 128): void {
    const fd = this.#open("listen");
    checkInteger("listen() takes a backlog", backlog, 0, 0x7fff_ffff);
    must("listen", () => libc.listen(fd, backlog));
  }

  /**
   * Takes the first connection out of the queue, or waits until there is one.
   *
   * Elsewhere: C `accept(2)`; Python `accept()`; `node:net` "connection"; Deno `await
   * listener.accept()`.
   *
   * @returns A new socket, which waits in its calls whatever this one does, and the client's address
   * @throws {BlockingIOError} EAGAIN: the queue is empty, and this socket does not wait
   * @throws {TimeoutError} Nobody came within {@link settimeout}
   * @throws {OSError} EINVAL: it does not listen; EMFILE: no descriptor is left, and the connection
   * stays in the queue
   */
  accept(): [conn: Socket<A>, address: A] {
    const end = performance.now() + this.#limitMs();
    if (!mayWait && this.#seconds !== 0) this.#awaitClient();
    const fd = this.#make("accept", POLLIN, (fd) => {
      addressLength[0] = addressSize;
      this.#keepShort(fd);
      return descriptor.accept(fd, { room: addressRoom, length: addressLength, waits: mayWait });
    }, end);
    const address = decodeAddress(addressRoom, addressLength[0]!) as A;
    return [own([fd], this.family, this.type)[0]!, address];
  }

  // In a worker accept(2) is called when there is somebody, and not before: another thread may say of
  // the listener, which they share, at any moment that its calls wait.
  #awaitClient(): void {
    if (waitFor("accept", this.#open("accept"), POLLIN, this.#limitMs())) return;
    throw timedOut("accept", this.#seconds!);
  }

  /**
   * Connects: sends a SYN and waits for the answer, which comes from the other side's kernel, before
   * its program accepts. A SOCK_DGRAM socket only notes the address, and sends nothing.
   *
   * Elsewhere: C `connect(2)`; Python `connect()`; `node:net` `connect()`, then "connect" or "error";
   * Deno `await Deno.connect()`.
   *
   * @param address `["127.0.0.1", 65432]`, `["::1", 65432]`, or a path
   * @throws {ConnectionRefusedError} ECONNREFUSED: nobody listens there
   * @throws {BlockingIOError} EINPROGRESS: the SYN is out. The socket becomes writable when there is
   * an answer, and SO_ERROR tells which; EALREADY, when asked again meanwhile; EAGAIN: the queue of a
   * Unix listener is full, and this socket does not wait without end
   * @throws {TimeoutError} No answer within {@link settimeout}, or ETIMEDOUT: the kernel has given up
   * @throws {OSError} EISCONN: it is connected; ENETUNREACH, EHOSTUNREACH; EADDRNOTAVAIL: no port is
   * left
   * @throws {gaierror} When a name has no address
   */
  connect(address: A | readonly [string, number]): void {
    this.#open("connect");
    const errno = this.#connect(address);
    if (errno === tooLate) throw timedOut("connect", this.#seconds!, address);
    if (errno !== 0) throw failed(errno, "connect", address);
  }

  /**
   * {@link connect} that returns the system's number of the error instead of throwing, 0 when all is
   * well; EAGAIN's when the time of {@link settimeout} was over, EBADF's when it is closed. An address
   * that cannot be right still throws.
   *
   * Elsewhere: Python `connect_ex()`; C `connect(2)` and errno.
   *
   * @param address As for {@link connect}
   * @returns 0, or an errno
   */
  connect_ex(address: A | readonly [string, number]): number {
    const errno = this.#connect(address);
    return errno === tooLate ? EAGAIN : errno;
  }

  #connect(address: unknown): number {
    const bytes = resolve("connect", this.family, address);
    if (this.family === AF_UNIX) return this.#connectHere(bytes);
    const fd = this.#fd; // a closed one's is refused by the kernel
    this.#keepShort(fd);
    if (libc.connect(fd, bytes, bytes.length) === 0) return 0;
    const errno = libc.errno();
    // A signal does not stop the handshake.
    const onItsWay = errno === EINTR || (errno === EINPROGRESS && this.#mustWait(fd));
    if (!onItsWay || this.#seconds === 0) return errno;
    if (!waitFor("connect", fd, POLLOUT, this.#limitMs())) return tooLate;
    return descriptor.integerOption(fd, SOL_SOCKET, SO_ERROR);
  }

  // Within a machine there is no handshake: it is done, or it is to be tried again. A full queue is
  // EAGAIN to a call that does not wait by itself, and nothing tells when there is room.
  #connectHere(bytes: Uint8Array): number {
    for (;;) {
      const fd = this.#fd;
      this.#keepShort(fd);
      if (libc.connect(fd, bytes, bytes.length) === 0) return 0;
      const errno = libc.errno();
      if (errno === EINTR) continue;
      if (errno !== EAGAIN || this.#seconds !== null || !this.#mustWait(fd)) return errno;
      pause(pauseMs);
    }
  }

  /**
   * Copies bytes into the kernel's buffer, and waits only while that is full. It may take less than
   * it is given; the rest is to be sent again. That it took them does not mean that they have
   * arrived.
   *
   * Elsewhere: C `send(2)`; Python `send()`; Deno `await conn.write()`; `node:net` `write()`, which
   * keeps what the kernel does not take.
   *
   * @param bytes What to send
   * @param flags MSG_DONTWAIT, MSG_MORE ..., or 0
   * @returns How many bytes it took
   * @throws {BlockingIOError} EAGAIN: there is no room, and this socket does not wait
   * @throws {BrokenPipeError} EPIPE: the connection was reset before, or we have sent our FIN
   * @throws {ConnectionResetError} ECONNRESET: the peer has reset the connection
   * @throws {TimeoutError} No room within {@link settimeout}
   * @throws {OSError} ENOTCONN; EMSGSIZE, for a packet that is too large
   */
  send(bytes: Uint8Array, flags: number = 0): number {
    const data = checkBytes("send", bytes);
    const all = checkInt("send() takes flags", flags) | whenSending;
    const events = flags & MSG_DONTWAIT ? 0 : POLLOUT;
    return this.#make("send", events, (fd) => libc.send(fd, data, sizeOf(data), all));
  }

  /**
   * Sends all of the bytes, by as many {@link send} as it takes.
   *
   * Elsewhere: Python `sendall()`; `node:net` `write()`; in C and Deno it is a loop of your own.
   *
   * @param bytes What to send
   * @param flags As for {@link send}
   * @throws {TimeoutError} Not done within {@link settimeout}; nobody knows how much was sent
   * @throws {OSError} As {@link send}; nobody knows how much was sent
   */
  sendall(bytes: Uint8Array, flags: number = 0): void {
    const data = checkBytes("sendall", bytes);
    const all = checkInt("sendall() takes flags", flags) | whenSending;
    const events = flags & MSG_DONTWAIT ? 0 : POLLOUT;
    const end = performance.now() + this.#limitMs();
    const size = sizeOf(data);
    let sent = 0;
    do {
      const rest = restOf(data, sent);
      sent += this.#make("sendall", events, (fd) => libc.send(fd, rest, rest.length, all), end);
    } while (sent < size);
  }

  /**
   * Receives: some bytes, as soon as there are any. Nothing means the peer's FIN, and that everything
   * before it has been read; the peer may still be reading. Of a SOCK_DGRAM socket it gives one
   * packet, which may be empty, and cuts off what does not fit.
   *
   * Elsewhere: C `recv(2)`; Python `recv()`; `node:net` "data" and "end"; Deno `await conn.read()`,
   * which gives null at the end.
   *
   * @param bufsize How many bytes at most; memory is made for so many, and for no more than 64 MiB,
   * which is more than a kernel has waiting
   * @param flags MSG_PEEK, MSG_WAITALL, MSG_DONTWAIT ..., or 0
   * @returns The bytes, in memory of their own; none at the end, and at once when none were asked for
   * @throws {BlockingIOError} EAGAIN: nothing has come, and this socket does not wait
   * @throws {ConnectionResetError} ECONNRESET: the peer has reset the connection
   * @throws {ConnectionRefusedError} ECONNREFUSED: nobody took the packet that was sent before
   * @throws {TimeoutError} Nothing came within {@link settimeout}
   * @throws {RangeError} With MSG_WAITALL, for more than 64 MiB; {@link recv_into} takes as many as
   * you have room for
   * @throws {OSError} ENOTCONN
   */
  recv(bufsize: number, flags: number = 0): Uint8Array {
    const room = roomFor("recv", bufsize, flags);
    if (bufsize === 0) return this.#nothing("recv");
    return taken(room, this.#receive("recv", room, Math.min(bufsize, room.length), flags));
  }

  /**
   * {@link recv} into memory of yours.
   *
   * Elsewhere: C `recv(2)`; Python `recv_into()`; Deno `await conn.read()`; `node:net` `onread`.
   *
   * @param buffer Where the bytes go
   * @param nbytes How many at most; 0 for as many as fit
   * @param flags As for {@link recv}
   * @returns How many came; 0 at the end, and at once where there is no room
   * @throws {RangeError} When so many do not fit
   * @throws {OSError} As {@link recv}
   */
  recv_into(buffer: Uint8Array, nbytes: number = 0, flags: number = 0): number {
    const room = checkBytes("recv_into", buffer);
    const size = sizeOf(room);
    checkInteger("recv_into() takes a number of bytes", nbytes, 0, size);
    if (size === 0) return this.#nothing("recv_into").length;
    return this.#receive("recv_into", room, nbytes || size, flags);
  }

  // Of an empty queue the kernel would wait for something, to give none of it.
  #nothing(syscall: string): Uint8Array {
    this.#open(syscall);
    return new Uint8Array(0);
  }

  #receive(syscall: string, room: Uint8Array, size: number, flags: number): number {
    const all = checkInt(`${syscall}() takes flags`, flags) | whenReceiving;
    const events = flags & MSG_DONTWAIT ? 0 : POLLIN;
    return this.#make(syscall, events, (fd) => libc.recv(fd, room, size, all));
  }

  /**
   * Sends one packet to an address. A full buffer makes it wait, or fail with EAGAIN; an address where
   * nobody listens does not make it fail.
   *
   * Elsewhere: C `sendto(2)`; Python `sendto()`; `node:dgram` `send()`; Deno `await conn.send()`.
   *
   * @param bytes The packet; it goes whole or not at all
   * @param address Where to
   * @param flags MSG_DONTWAIT, or 0
   * @returns How many bytes it took
   * @throws {OSError} EMSGSIZE: too large for a packet, 65,507 bytes over IPv4; EISCONN, EDESTADDRREQ
   */
  sendto(
    bytes: Uint8Array,
    address: A | readonly [string, number],
    flags: number = 0,
  ): number {
    const data = checkBytes("sendto", bytes);
    const all = checkInt("sendto() takes flags", flags) | whenSending;
    this.#open("sendto");
    const to = resolve("sendto", this.family, address);
    const events = flags & MSG_DONTWAIT ? 0 : POLLOUT;
    return this.#make(
      "sendto",
      events,
      (fd) => libc.sendto(fd, data, sizeOf(data), all, to, to.length),
    );
  }

  /**
   * {@link recv}, with the address of whoever sent it.
   *
   * Elsewhere: C `recvfrom(2)`; Python `recvfrom()`; `node:dgram` "message"; Deno `await
   * conn.receive()`.
   *
   * @param bufsize How many bytes at most; what is left of a packet is lost
   * @param flags As for {@link recv}
   * @returns The bytes and the address; of a SOCK_STREAM socket there is no address, `""`
   * @throws {OSError} As {@link recv}
   */
  recvfrom(bufsize: number, flags: number = 0): [bytes: Uint8Array, address: A] {
    const room = roomFor("recvfrom", bufsize, flags);
    const size = Math.min(bufsize, room.length);
    const events = flags & MSG_DONTWAIT ? 0 : POLLIN;
    const count = this.#make("recvfrom", events, (fd) => {
      addressLength[0] = addressSize;
      return libc.recvfrom(fd, room, size, flags | whenReceiving, addressRoom, addressLength);
    });
    const address = decodeAddress(addressRoom, addressLength[0]!) as A;
    return [taken(room, count), address];
  }

  /**
   * Ends one direction, or both. SHUT_WR sends our FIN behind the last byte, and we can go on reading.
   * SHUT_RD sends nothing; on Linux what still comes can still be read.
   *
   * Elsewhere: C `shutdown(2)`; Python `shutdown()`; `node:net` `end()`; Deno `await
   * conn.closeWrite()`; RFC 9293 section 3.6.
   *
   * @param how SHUT_RD, SHUT_WR or SHUT_RDWR
   * @throws {OSError} ENOTCONN: there is no connection, or no longer
   */
  shutdown(how: number): void {
    const fd = this.#open("shutdown");
    checkInteger("shutdown() takes SHUT_RD, SHUT_WR or SHUT_RDWR", how, SHUT_RD, SHUT_RDWR);
    must("shutdown", () => libc.shutdown(fd, how));
  }

  /**
   * Gives the socket back to the system. What was sent goes on its way, and a FIN behind it if none
   * was sent; but with received bytes unread, an RST goes out instead. Twice is as good as once. It
   * waits only where SO_LINGER says so, and then whatever {@link settimeout} says.
   *
   * Elsewhere: C `close(2)`; Python `close()`; `node:net` `destroy()`; Deno `conn.close()`.
   */
  close(): void {
    if (this.#fd < 0) return;
    const fd = this.#fd;
    this.#fd = -1;
    // Whatever it says, the descriptor is gone: close(2).
    libc.close(fd);
  }

  /**
   * Lets go of the descriptor, which stays open: whoever gets its number is to close it. A worker of
   * this process makes a socket of it by {@link socket}'s last argument.
   *
   * Elsewhere: Python `detach()`.
   *
   * @returns The descriptor's number; -1 when it is closed
   */
  detach(): number {
    const fd = this.#fd;
    this.#fd = -1;
    return fd;
  }

  /**
   * The address of this end.
   *
   * Elsewhere: C `getsockname(2)`; Python `getsockname()`; `node:net` `server.address()`,
   * `localAddress` and `localPort`; Deno `listener.addr`, `conn.localAddr`.
   *
   * @returns The address; port 0 when it was never bound
   */
  getsockname(): A {
    return this.#name("getsockname", libc.getsockname);
  }

  /**
   * The address of the other end.
   *
   * Elsewhere: C `getpeername(2)`; Python `getpeername()`; `node:net` `remoteAddress` and
   * `remotePort`; Deno `conn.remoteAddr`.
   *
   * @returns The address
   * @throws {OSError} ENOTCONN: there is none, or it has reset the connection
   */
  getpeername(): A {
    return this.#name("getpeername", libc.getpeername);
  }

  #name(syscall: string, ask: typeof libc.getsockname): A {
    const fd = this.#open(syscall);
    addressLength[0] = addressSize;
    must(syscall, () => ask(fd, addressRoom, addressLength));
    return decodeAddress(addressRoom, addressLength[0]!) as A;
  }

  /**
   * Asks for an option.
   *
   * Elsewhere: C `getsockopt(2)`; Python `getsockopt()`; `node:net` and Deno do not have it.
   *
   * @param level SOL_SOCKET, IPPROTO_TCP, IPPROTO_IPV6 ...
   * @param option SO_ERROR, TCP_NODELAY ...
   * @returns The option as a whole number
   * @throws {OSError} ENOPROTOOPT: there is no such option
   */
  getsockopt(level: number, option: number): number;
  /**
   * Asks for an option that is no whole number, such as SO_LINGER or TCP_CONGESTION.
   *
   * @param level SOL_SOCKET, IPPROTO_TCP, IPPROTO_IPV6 ...
   * @param option SO_LINGER, TCP_INFO ...
   * @param buflen How many bytes it has at most, 1 to 1024
   * @returns Its bytes, for unpack()
   */
  getsockopt(level: number, option: number, buflen: number): Uint8Array;
  getsockopt(level: number, option: number, buflen = 0): number | Uint8Array {
    const fd = this.#open("getsockopt");
    checkInt("getsockopt() takes a level", level);
    checkInt("getsockopt() takes an option", option);
    checkInteger("getsockopt() takes a length", buflen, 0, 1024);
    if (buflen === 0) return descriptor.integerOption(fd, level, option);
    const value = new Uint8Array(buflen);
    const length = new Int32Array([buflen]);
    must("getsockopt", () => libc.getsockopt(fd, level, option, value, length));
    return value.slice(0, length[0]);
  }

  /**
   * Sets an option.
   *
   * Elsewhere: C `setsockopt(2)`; Python `setsockopt()`; `node:net` `setNoDelay()`, `setKeepAlive()`;
   * Deno `conn.setNoDelay()`, `conn.setKeepAlive()`.
   *
   * @param level SOL_SOCKET, IPPROTO_TCP, IPPROTO_IPV6 ...
   * @param option SO_REUSEADDR, TCP_NODELAY ...
   * @param value A whole number, or true and false; bytes, from pack(), where the option is a structure
   * @throws {OSError} ENOPROTOOPT: there is no such option; EINVAL, EDOM: it has no such value
   * @throws {PermissionError} EPERM
   */
  setsockopt(level: number, option: number, value: number | boolean | Uint8Array): void {
    const fd = this.#open("setsockopt");
    checkInt("setsockopt() takes a level", level);
    checkInt("setsockopt() takes an option", option);
    const bytes = optionBytes(value);
    const size = bytes instanceof Uint8Array ? sizeOf(bytes) : bytes.byteLength;
    must("setsockopt", () => libc.setsockopt(fd, level, option, bytes, size));
  }

  /**
   * Says whether calls on this socket wait: `true` is `settimeout(null)`, `false` is `settimeout(0)`.
   *
   * Elsewhere: C `fcntl(2)` with O_NONBLOCK; Python `setblocking()`; in `node:net` and Deno every
   * socket is non-blocking.
   *
   * @param flag Whether they wait
   */
  setblocking(flag: boolean): void {
    if (typeof flag !== "boolean") {
      throw new TypeError(`setblocking() takes true or false, got ${show(flag)}`);
    }
    this.settimeout(flag ? null : 0);
  }

  /** Whether calls on this socket wait. Elsewhere: Python `getblocking()`. */
  getblocking(): boolean {
    return this.#seconds !== 0;
  }

  /**
   * Says how long a call on this socket waits at most. It then throws a TimeoutError, and the
   * connection is as it was. The limit is for each call alone, not for a conversation. The call is made
   * first, and waited for when it would have to wait: what fails at once is told at once.
   *
   * Elsewhere: Python `settimeout()`; C `poll(2)` before the call, or SO_RCVTIMEO; `node:net`
   * `setTimeout()`, which closes nothing either.
   *
   * @param seconds A time, 0 not to wait at all, or null to wait without end
   */
  settimeout(seconds: number | null): void {
    const fd = this.#open("settimeout");
    this.#seconds = checkSeconds("settimeout() takes", seconds);
    descriptor.setWaits(fd, mayWait && this.#seconds === null);
  }

  /** How long a call on this socket waits at most, in seconds; null for without end. */
  gettimeout(): number | null {
    return this.#seconds;
  }

  /** {@link close}, at the end of a `using` block. Elsewhere: Python's `with`. */
  [Symbol.dispose](): void {
    this.close();
  }

  #open(syscall: string): number {
    if (this.#fd < 0) throw closed(syscall);
    return this.#fd;
  }

  #limitMs(): number {
    return this.#seconds === null ? Infinity : this.#seconds * 1000;
  }

  /** Whether a call that did not wait is to be waited for here, or the kernel has waited already. */
  #mustWait(fd: number): boolean {
    if (this.#seconds !== null) return this.#seconds > 0;
    // SO_RCVTIMEO and SO_SNDTIMEO end the kernel's own waiting; another thread may have made the
    // descriptor, which it shares, a non-blocking one.
    return !mayWait || !descriptor.waits(fd);
  }

  /** Has the next call on the descriptor return at once in a worker, whatever another thread said. */
  #keepShort(fd: number): void {
    // A closed one's call is refused by the kernel, which connect_ex() tells.
    if (!mayWait && fd >= 0) descriptor.setWaits(fd, false);
  }

  /**
   * Makes a call, again when a signal came, and after waiting where the socket does and the call did
   * not.
   *
   * @param events POLLIN or POLLOUT; 0 when it must not wait
   * @param end When time is over, as performance.now() has it
   */
  #make(syscall: string, events: number, call: (fd: number) => number, end?: number): number {
    const fd = this.#open(syscall);
    for (let wasReady = false;;) {
      const result = call(fd);
      if (result >= 0) return result;
      const errno = libc.errno();
      if (errno === EINTR) continue;
      if (errno !== EAGAIN || events === 0 || this.#seconds === 0 || !this.#mustWait(fd)) {
        throw failed(errno, syscall);
      }
      end ??= performance.now() + this.#limitMs();
      // Ready, and then not: another was faster, or poll() knows too little of this call.
      if (wasReady) pause(pauseMs);
      const leftMs = end - performance.now();
      wasReady = leftMs > 0 && waitFor(syscall, fd, events, leftMs);
      if (!wasReady) throw timedOut(syscall, this.#seconds!);
    }
  }
}

// What MSG_TRUNC counts was not written: of the common room it would show an earlier caller's bytes.
function roomFor(call: string, bufsize: number, flags: number): Uint8Array {
  checkInteger(`${call}() takes a number of bytes`, bufsize, 0, mostBytes);
  checkInt(`${call}() takes flags`, flags);
  if (flags & MSG_WAITALL) {
    checkInteger(`${call}() takes a number of bytes with MSG_WAITALL`, bufsize, 0, mostRoom);
  }
  if (bufsize > mostScratch || flags & MSG_TRUNC) {
    return new Uint8Array(Math.min(bufsize, mostRoom));
  }
  if (bufsize > scratch.length) scratch = new Uint8Array(mostScratch);
  return scratch;
}

function taken(room: Uint8Array, count: number): Uint8Array {
  return room !== scratch && count === room.length ? room : room.slice(0, count);
}

function optionBytes(value: unknown): Uint8Array | Int32Array {
  if (value instanceof Uint8Array) return checkBytes("setsockopt", value);
  if (typeof value === "boolean") return new Int32Array([Number(value)]);
  return new Int32Array([checkInt("setsockopt() takes a value", value)]);
}

/**
 * Makes two sockets that are connected with each other, within this machine.
 *
 * Elsewhere: C `socketpair(2)`; Python `socket.socketpair()`.
 *
 * @param family AF_UNIX
 * @param type SOCK_STREAM or SOCK_DGRAM
 * @param proto 0
 * @throws {OSError} EOPNOTSUPP, for any other family
 */
export function socketpair<A extends Address = Address>(
  family: AddressFamily<A> = AF_UNIX as AddressFamily<A>,
  type: number = SOCK_STREAM,
  proto: number = 0,
): [Socket<A>, Socket<A>] {
  checkInt("socketpair() takes a family", family);
  checkInt("socketpair() takes a type", type);
  checkInt("socketpair() takes a protocol", proto);
  const pair = new Int32Array(2);
  must("socketpair", () => libc.socketpair(family, type | descriptor.newFlags, proto, pair));
  const [a, b] = own([...pair], family, type);
  return [a!, b!];
}

/** What {@link create_server} may be told. */
export interface ServerOptions<A extends Address> {
  /** AF_INET unless told */
  family?: AddressFamily<A>;
  /** as {@link Socket.listen} takes it */
  backlog?: number;
  /** whether others may listen there too (SO_REUSEPORT) */
  reuse_port?: boolean;
  /** whether an AF_INET6 socket also serves IPv4 */
  dualstack_ipv6?: boolean;
}

/**
 * Makes a socket that listens: {@link socket}, SO_REUSEADDR, {@link Socket.bind} and
 * {@link Socket.listen} in one.
 *
 * Elsewhere: Python `socket.create_server()`; `node:net` `server.listen()`; Deno `Deno.listen()`.
 *
 * @param address Where, as for {@link Socket.bind}
 * @param options Family, backlog and more
 * @throws {OSError} As {@link Socket.bind} and {@link Socket.listen}; no descriptor is left open
 */
export function create_server<A extends Address = [host: string, port: number]>(
  address: A | readonly [string, number],
  options: ServerOptions<A> = {},
): Socket<A> {
  checkOptions("create_server", options);
  const { family = AF_INET as AddressFamily<A>, backlog, reuse_port, dualstack_ipv6 } = options;
  if (dualstack_ipv6 && family !== AF_INET6) {
    throw new TypeError(`create_server() takes dualstack_ipv6 with AF_INET6, got family ${family}`);
  }
  const server = socket<A>(family, SOCK_STREAM);
  try {
    server.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1);
    if (reuse_port) server.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1);
    if (family === AF_INET6) {
      server.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, dualstack_ipv6 ? 0 : 1);
    }
    server.bind(address);
    server.listen(backlog);
    return server;
  } catch (error) {
    server.close();
    throw error;
  }
}

/** What {@link create_connection} may be told. */
export interface ConnectionOptions {
  /** as {@link Socket.settimeout} takes it, for each address that is tried and for the socket */
  timeout?: number | null;
  /** where the connection is to come from, as {@link Socket.bind} takes it */
  source_address?: readonly [string, number];
  /** whether an AggregateError tells of all addresses that failed; the last one's error unless told */
  all_errors?: boolean;
}

/**
 * Connects to a host: looks its name up, and tries one address after another, IPv6 and IPv4.
 *
 * Elsewhere: Python `socket.create_connection()`; `node:net` `connect()`; Deno `Deno.connect()`.
 *
 * @param address Host and port; the host may be a name
 * @param options A time limit and more
 * @throws {gaierror} When the name has no address
 * @throws {OSError} Why the last address failed; no descriptor is left open
 * @throws {AggregateError} With `all_errors`, when none can be reached
 */
export function create_connection(
  address: readonly [host: string, port: number],
  options: ConnectionOptions = {},
): Socket {
  const [host, port] = checkHostAndPort(address);
  checkOptions("create_connection", options);
  const errors: OSError[] = [];
  for (const { info: [family, type, proto, , to] } of lookUp(host, port, { type: SOCK_STREAM })) {
    try {
      return connectTo(socket(family, type, proto), to, options);
    } catch (error) {
      if (!(error instanceof OSError)) throw error;
      errors.push(error);
    }
  }
  if (!options.all_errors) throw errors.at(-1);
  throw new AggregateError(errors, `connect() ${host} port ${port}: no address can be reached`);
}

function checkHostAndPort(address: unknown): [string, string] {
  if (!Array.isArray(address) || address.length < 2 || typeof address[0] !== "string") {
    throw new TypeError(`create_connection() takes a host and a port, got ${show(address)}`);
  }
  return [
    address[0],
    String(checkInteger("create_connection() takes a port", address[1], 0, 65535)),
  ];
}

function connectTo(sock: Socket, to: Address, options: ConnectionOptions): Socket {
  try {
    if (options.timeout !== undefined) sock.settimeout(options.timeout);
    if (options.source_address) sock.bind(options.source_address);
    sock.connect(to);
    return sock;
  } catch (error) {
    sock.close();
    throw error;
  }
}

/**
 * Looks a host up: every way to reach it, in the order in which to try them. It waits for the answer
 * of a name server, and nothing else goes on meanwhile.
 *
 * Elsewhere: C `getaddrinfo(3)`; Python `socket.getaddrinfo()`; `node:dns` `lookup()`, which waits in
 * a thread of its own; Deno `Deno.resolveDns()`.
 *
 * @param host A name or a number; null for this machine
 * @param port A number, the name of a service, or null
 * @param hints Which ones are wanted
 * @returns Family, type, protocol, canonical name and address of each
 * @throws {gaierror} EAI_NONAME: there is no such host; EAI_AGAIN: no name server has answered
 */
export function getaddrinfo(
  host: string | null,
  port: number | string | null,
  hints: AddressHints = {},
): AddressInfo[] {
  const service = typeof port === "number"
    ? String(checkInteger("getaddrinfo() takes a port", port, 0, 65535))
    : port;
  return lookUp(host, service, checkOptions("getaddrinfo", hints)).map(({ info }) => info);
}

/**
 * A number of 16 bits from this machine's byte order to the network's: 80 becomes 20480 on most.
 *
 * Elsewhere: C `htons(3)`; Python `socket.htons()`; a DataView has no such need.
 *
 * @param x A whole number from 0 to 65535
 */
export function htons(x: number): number {
  return swap16("htons", x);
}

/**
 * A number of 16 bits from the network's byte order to this machine's.
 *
 * Elsewhere: C `ntohs(3)`; Python `socket.ntohs()`.
 *
 * @param x A whole number from 0 to 65535
 */
export function ntohs(x: number): number {
  return swap16("ntohs", x);
}

/**
 * A number of 32 bits from this machine's byte order to the network's.
 *
 * Elsewhere: C `htonl(3)`; Python `socket.htonl()`.
 *
 * @param x A whole number from 0 to 4,294,967,295
 */
export function htonl(x: number): number {
  return swap32("htonl", x);
}

/**
 * A number of 32 bits from the network's byte order to this machine's.
 *
 * Elsewhere: C `ntohl(3)`; Python `socket.ntohl()`.
 *
 * @param x A whole number from 0 to 4,294,967,295
 */
export function ntohl(x: number): number {
  return swap32("ntohl", x);
}

function swap16(call: string, x: number): number {
  const view = new DataView(new ArrayBuffer(2));
  view.setUint16(0, checkInteger(`${call}() takes`, x, 0, 0xffff), littleEndian);
  return view.getUint16(0);
}

function swap32(call: string, x: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, checkInteger(`${call}() takes`, x, 0, 0xffff_ffff), littleEndian);
  return view.getUint32(0);
}
