import { afterAll, describe, expect, test } from "vitest";
import {
  BlockingIOError,
  ConnectionRefusedError,
  FileNotFoundError,
  gaierror,
  OSError,
  TimeoutError,
} from "#berkeley/errors.ts";
import { Epoll, epoll, poll, select } from "#berkeley/select.ts";
import { DefaultSelector, EVENT_READ, SelectSelector } from "#berkeley/selectors.ts";
import * as s from "#berkeley/socket.ts";
import { calcsize, pack, StructError, unpack } from "#berkeley/struct.ts";
import { tcp_info } from "#berkeley/tcp-info.ts";
import { missingTool, runTool } from "#support/tool.ts";
import { output } from "./berkeley/here.ts";

const sock = s.socket(s.AF_INET, s.SOCK_STREAM);
const sock6 = s.socket(s.AF_INET6, s.SOCK_STREAM);
const local = s.socket(s.AF_UNIX, s.SOCK_STREAM);
const list = poll();
const set = epoll();
const selector = new DefaultSelector<number>();
const bytes = new Uint8Array(4);
const to: [string, number] = ["127.0.0.1", 9];
const int = "a whole number from -2147483648 to 2147483647";

afterAll(() => [sock, sock6, local, set, selector].forEach((it) => it.close()));

/** Whatever a program hands over: what TypeScript would refuse. */
// deno-lint-ignore no-explicit-any
const any = (value: unknown): any => value;

/** The call, the argument that cannot be right, and what is said: who takes what, and what came. */
const refusals: Record<string, [() => unknown, ...words: string[]]> = {
  "socket() family": [() => s.socket(any("x")), "socket() takes a family: a number", 'got "x"'],
  "socket() type": [() => s.socket(s.AF_INET, 0.5), `socket() takes a type: ${int}`, "got 0.5"],
  "socket() proto": [() => s.socket(s.AF_INET, 1, NaN), "takes a protocol", int, "got NaN"],
  "socket() fileno": [
    () => s.socket(s.AF_INET, 1, 0, -5),
    "socket() takes a descriptor: a whole number from 0 to 2147483647, got -5",
  ],
  "socket() fileno, text": [
    () => s.socket(s.AF_INET, 1, 0, any("3")),
    `socket() takes a socket or a descriptor's number, got "3"`,
  ],
  "socket() fileno of another type": [
    () => s.socket(s.AF_INET, s.SOCK_DGRAM, 0, sock.fileno()),
    "socket() takes a descriptor of family 2 and SOCK_DGRAM, got one of family 2 and SOCK_STREAM",
  ],
  "Socket() fd": [() => new s.Socket(1e10, s.AF_INET, 1), "Socket() takes a descriptor", "1e10"],
  "Socket() family": [() => new s.Socket(1e6, any(null), 1), "Socket() takes a family", "got null"],
  "Socket() type": [() => new s.Socket(1e6, s.AF_INET, any("x")), "takes a type", 'got "x"'],
  "bind() address": [
    () => sock.bind(any("127.0.0.1:80")),
    'bind() takes an address: ["127.0.0.1", 65432], got "127.0.0.1:80"',
  ],
  "bind() address, short": [() => sock.bind(any(["x"])), "bind() takes an address", 'got ["x"]'],
  "bind() address of IPv6": [
    () => sock6.bind(any(["::1", 1, 2, 3, 4])),
    'bind() takes an address: ["::1", 65432] or ["fe80::1", 65432, 0, scope]',
    'got ["::1", 1, 2, 3, 4]',
  ],
  "bind() host": [() => sock.bind(any([1, 2])), "bind() takes a host: text, got 1"],
  "bind() host, zero": [() => sock.bind(["a\0b", 2]), "takes a host: text", String.raw`"a\u0000b"`],
  "bind() port": [
    () => sock.bind(["127.0.0.1", 65536]),
    "bind() takes a port: a whole number from 0 to 65535, got 65536",
  ],
  "bind() port, text": [
    () => sock.bind(any(["127.0.0.1", "80"])),
    'bind() takes a port: a number, got "80"',
  ],
  "bind() flow label": [() => sock6.bind(any(["::1", 0, -1, 0])), "takes a flow label", "got -1"],
  "bind() scope": [() => sock6.bind(any(["::1", 0, 0, -1])), "takes a scope", "got -1"],
  "bind() path": [() => local.bind(any(["x", 1])), "takes an address: a path", 'got ["x", 1]'],
  "bind() path, zero": [() => local.bind("a\0b"), "takes a path without zero bytes", "a"],
  "bind() path, long": [() => local.bind("x".repeat(108)), "a path of at most 107 bytes, got 108"],
  "listen()": [() => sock.listen(-1), "listen() takes a backlog: a whole number from 0", "got -1"],
  "connect() address": [() => sock.connect(any(1)), "connect() takes an address", "got 1"],
  "connect() port": [() => sock.connect(["127.0.0.1", -1]), "connect() takes a port", "got -1"],
  "connect_ex()": [() => sock.connect_ex(any(null)), "connect() takes an address", "got null"],
  "send() bytes": [
    () => sock.send(any("text")),
    'send() takes bytes: a Uint8Array, got "text"; text becomes bytes by TextEncoder',
  ],
  "send() flags": [() => sock.send(bytes, any("x")), "send() takes flags: a number", 'got "x"'],
  "sendall() bytes": [
    () => sock.sendall(any(new ArrayBuffer(4))),
    "sendall() takes bytes: a Uint8Array, got a value of ArrayBuffer",
  ],
  "sendall() flags": [() => sock.sendall(bytes, 2 ** 31), "sendall() takes flags", "2147483648"],
  "sendto() bytes": [() => sock.sendto(any([1]), to), "sendto() takes bytes", "a value of Array"],
  "sendto() address": [() => sock.sendto(bytes, any({})), "sendto() takes an address", "of Object"],
  "sendto() flags": [() => sock.sendto(bytes, to, any(1n)), "sendto() takes flags", "got 1n"],
  "recv() size": [
    () => sock.recv(-1),
    "recv() takes a number of bytes: a whole number from 0 to 2147483647, got -1",
  ],
  "recv() flags": [() => sock.recv(1, any(null)), "recv() takes flags: a number, got null"],
  "recv() of much at once": [
    () => sock.recv(2 ** 30, s.MSG_WAITALL),
    "a number of bytes with MSG_WAITALL: a whole number from 0 to 67108864, got 1073741824",
  ],
  "recv_into() buffer": [() => sock.recv_into(any("x")), "recv_into() takes bytes", 'got "x"'],
  "recv_into() nbytes": [
    () => sock.recv_into(bytes, 5),
    "recv_into() takes a number of bytes: a whole number from 0 to 4, got 5",
  ],
  "recv_into() flags": [() => sock.recv_into(bytes, 1, 1e10), "recv_into() takes flags", "1e10"],
  "recvfrom() size": [() => sock.recvfrom(any("9")), "recvfrom() takes a number", 'got "9"'],
  "recvfrom() flags": [() => sock.recvfrom(9, any({})), "recvfrom() takes flags", "of Object"],
  "shutdown()": [() => sock.shutdown(3), "SHUT_RD, SHUT_WR or SHUT_RDWR", "from 0 to 2, got 3"],
  "getsockopt() level": [() => sock.getsockopt(any("x"), 1), "takes a level", 'got "x"'],
  "getsockopt() option": [() => sock.getsockopt(1, 1.5), "takes an option", "got 1.5"],
  "getsockopt() length": [
    () => sock.getsockopt(1, 1, 1025),
    "getsockopt() takes a length: a whole number from 0 to 1024, got 1025",
  ],
  "setsockopt() level": [() => sock.setsockopt(NaN, 1, 1), "takes a level", "got NaN"],
  "setsockopt() option": [() => sock.setsockopt(1, any(""), 1), "takes an option", 'got ""'],
  "setsockopt() value": [() => sock.setsockopt(1, 1, any("1")), "takes a value", 'got "1"'],
  "setblocking()": [() => sock.setblocking(any(0)), "setblocking() takes true or false, got 0"],
  "settimeout()": [
    () => sock.settimeout(-1),
    "settimeout() takes: seconds from 0 on, or null for without end, got -1",
  ],
  "settimeout(), text": [
    () => sock.settimeout(any("1")),
    'settimeout() takes: a number of seconds or null, got "1"',
  ],
  "socketpair() family": [() => s.socketpair(any("x")), "socketpair() takes a family", 'got "x"'],
  "socketpair() type": [() => s.socketpair(s.AF_UNIX, 0.1), "takes a type", "got 0.1"],
  "socketpair() proto": [() => s.socketpair(s.AF_UNIX, 1, any("")), "a protocol", 'got ""'],
  "create_server() address": [() => s.create_server(any(80)), "takes an address", "got 80"],
  "create_server() options": [() => s.create_server(to, any(null)), "takes options", "got null"],
  "create_server() backlog": [
    () => s.create_server(["127.0.0.1", 0], { backlog: 1.5 }),
    "listen() takes a backlog",
    "got 1.5",
  ],
  "create_connection() address": [
    () => s.create_connection(any("host:80")),
    'create_connection() takes a host and a port, got "host:80"',
  ],
  "create_connection() port": [
    () => s.create_connection(["127.0.0.1", 70000]),
    "create_connection() takes a port: a whole number from 0 to 65535, got 70000",
  ],
  "create_connection() options": [() => s.create_connection(to, any(5)), "options", "got 5"],
  "create_connection() timeout": [
    () => s.create_connection(to, { timeout: NaN }),
    "settimeout() takes: seconds",
    "got NaN",
  ],
  "create_connection() source_address": [
    () => s.create_connection(to, { source_address: any("x") }),
    "bind() takes an address",
    'got "x"',
  ],
  "getaddrinfo() host": [() => s.getaddrinfo(any(1), 1), "getaddrinfo() takes a host", "got 1"],
  "getaddrinfo() port": [() => s.getaddrinfo("::1", -1), "getaddrinfo() takes a port", "got -1"],
  "getaddrinfo() service": [() => s.getaddrinfo("::1", any({})), "takes a port: text", "of Object"],
  "getaddrinfo() hints": [() => s.getaddrinfo("::1", 1, any(null)), "takes options", "got null"],
  ...Object.fromEntries(
    (["family", "type", "proto", "flags"] as const).map((name) => [
      `getaddrinfo() ${name}`,
      [() => s.getaddrinfo("::1", 1, { [name]: any("x") }), "getaddrinfo() takes", 'got "x"'],
    ]),
  ),
  "htons()": [() => s.htons(65536), "htons() takes: a whole number from 0 to 65535, got 65536"],
  "ntohs()": [() => s.ntohs(-1), "ntohs() takes: a whole number from 0 to 65535, got -1"],
  "htonl()": [() => s.htonl(2 ** 32), "htonl() takes", "from 0 to 4294967295, got 4294967296"],
  "ntohl()": [() => s.ntohl(any("1")), "ntohl() takes: a number", 'got "1"'],
  "select() rlist": [() => select(any(sock), [], []), "select() takes rlist", "value of Socket"],
  "select() wlist": [() => select([], any(null), []), "select() takes wlist", "got null"],
  "select() xlist": [() => select([], [], any(1)), "select() takes xlist: an array", "got 1"],
  "select() item": [() => select(any(["x"]), [], [], 0), "select() takes a socket", 'got "x"'],
  "select() hole": [() => select(new Array(1), [], [], 0), "takes a socket", "got undefined"],
  "select() large": [() => select([1024], [], [], 0), "a whole number from 0 to 1023, got 1024"],
  "select() seconds": [() => select([], [], [], -1), "select() takes: seconds from 0", "got -1"],
  "Poll.register() fd": [() => list.register(any("x")), "register() takes a socket", 'got "x"'],
  "Poll.register() mask": [() => list.register(1, -1), "register() takes events", "got -1"],
  "Poll.modify()": [() => list.modify(77, 1), "modify() takes a registered descriptor", "77"],
  "Poll.unregister()": [() => list.unregister(77), "unregister() takes a registered", "77"],
  "Poll.poll()": [() => list.poll(NaN), "poll() takes a number of milliseconds or null", "got NaN"],
  "Epoll()": [() => new Epoll(-1), "Epoll() takes a descriptor", "got -1"],
  "Epoll.register() fd": [() => set.register(any({})), "register() takes a socket", "of Object"],
  "Epoll.register() mask": [() => set.register(sock, 0.5), "register() takes events", "got 0.5"],
  "Epoll.modify() fd": [() => set.modify(any(null), 1), "modify() takes a socket", "got null"],
  "Epoll.modify() mask": [() => set.modify(sock, 2 ** 32), "modify() takes events", "4294967296"],
  "Epoll.unregister()": [() => set.unregister(-2), "unregister() takes a descriptor", "got -2"],
  "Epoll.poll() seconds": [() => set.poll(any("1")), "poll() takes: a number of seconds", '"1"'],
  "Epoll.poll() maxevents": [() => set.poll(0, 0), "poll() takes a number of events", "got 0"],
  "register() fileobj": [() => selector.register(any("x"), 1, 0), "takes a socket", 'got "x"'],
  "register() events": [() => selector.register(sock, 4, 0), "EVENT_READ, EVENT_WRITE", "got 4"],
  "modify() fileobj": [() => selector.modify(77, 1), "modify", "takes what is registered, and 77"],
  "unregister()": [() => selector.unregister(77), "unregister() takes what is registered, and 77"],
  "get_key()": [() => selector.get_key(any("x")), "get_key() takes what is registered", '"x" is'],
  "Selector.select()": [() => selector.select(NaN), "select() takes: seconds from 0", "got NaN"],
  "pack() format": [() => pack(any(5)), "A format is text, got 5"],
  "pack() format, unknown": [() => pack("!Hz", 1), '"!Hz" is no format: "z" in it'],
  "pack() too few": [() => pack("HH", 1), "pack() takes 2 values, got 1"],
  "pack() value": [() => pack("B", 256), '"B" takes a whole number from 0 to 255, got 256'],
  "pack() float": [() => pack("f", any("x")), '"f" takes a number, got "x"'],
  "pack() float, large": [() => pack("f", 1e39), '"f" takes a number of 32 bits', "got 1e39"],
  "pack() bytes": [() => pack("2s", 1), '"s" takes bytes: a Uint8Array, got 1'],
  "pack() byte": [() => pack("c", bytes), '"c" takes one byte, got 4'],
  "pack() of much": [() => pack("2000000000x"), "at most 67108864 bytes", "has 2000000000"],
  "unpack() format": [() => unpack(any(null), bytes), "A format is text, got null"],
  "unpack() bytes": [() => unpack("H", any("ab")), "unpack() takes bytes", 'got "ab"'],
  "unpack() size": [() => unpack("H", bytes), 'unpack() takes 2 bytes for "H", got 4'],
  "calcsize()": [() => calcsize("9999999999s"), '"9999999999s" describes too much'],
  "tcp_info()": [() => tcp_info(any(5)), "tcp_info() takes a socket, got 5"],
};

describe("a refusal names what is wanted and what came", () => {
  test.each(Object.entries(refusals))("%s", (_name, [call, ...words]) => {
    let error: unknown;
    try {
      call();
    } catch (caught) {
      error = caught;
    }
    const isOurs = [TypeError, RangeError, StructError, FileNotFoundError].some((it) =>
      error instanceof it
    );
    expect(isOurs, String(error)).toBe(true);
    for (const word of words) {
      expect((error as Error).message).toContain(
        word.replace("1e10", String(1e10)).replace("1e39", String(1e39)),
      );
    }
  });
});

test("memory that is gone is refused, and a length that is made up is not believed", () => {
  const [a, b] = s.socketpair();
  using _a = a;
  using _b = b;
  const gone = new Uint8Array(8);
  structuredClone(gone.buffer, { transfer: [gone.buffer] });
  const buffer = new ArrayBuffer(16, { maxByteLength: 32 });
  const beyond = new Uint8Array(buffer, 8, 8);
  buffer.resize(4);
  for (const it of [gone, beyond]) {
    expect(() => a.send(it)).toThrow(
      "send() takes bytes: a Uint8Array, got a value of Uint8Array whose memory is gone",
    );
    expect(() => b.recv_into(it)).toThrow("memory is gone");
    expect(() => pack("8s", it)).toThrow("memory is gone");
  }
  class Liar extends Uint8Array {
    override get length() {
      return 4096;
    }
  }
  const liar = new Liar(8);
  expect(a.send(liar)).toBe(8);
  a.sendall(liar);
  expect(b.recv(4096).length).toBe(16);
  a.send(new Uint8Array(100));
  expect(b.recv_into(liar)).toBe(8);
  expect(() => b.recv_into(liar, 9)).toThrow("from 0 to 8, got 9");
});

test("what recv() gave stays as it is", () => {
  const [a, b] = s.socketpair();
  using _a = a;
  using _b = b;
  a.send(new Uint8Array([1, 2, 3]));
  const first = b.recv(100);
  a.send(new Uint8Array([7, 8, 9]));
  expect([...b.recv(100)]).toEqual([7, 8, 9]);
  expect([...first]).toEqual([1, 2, 3]);
  expect(first.buffer.byteLength).toBe(3);
});

const onClosed: Record<string, (it: s.Socket) => unknown> = {
  bind: (it) => it.bind(to),
  listen: (it) => it.listen(),
  accept: (it) => it.accept(),
  connect: (it) => it.connect(to),
  send: (it) => it.send(bytes),
  sendall: (it) => it.sendall(new Uint8Array(0)),
  sendto: (it) => it.sendto(bytes, to),
  recv: (it) => it.recv(1),
  recv_into: (it) => it.recv_into(bytes),
  recvfrom: (it) => it.recvfrom(1),
  shutdown: (it) => it.shutdown(s.SHUT_WR),
  getsockname: (it) => it.getsockname(),
  getpeername: (it) => it.getpeername(),
  getsockopt: (it) => it.getsockopt(s.SOL_SOCKET, s.SO_ERROR),
  setsockopt: (it) => it.setsockopt(s.SOL_SOCKET, s.SO_REUSEADDR, 1),
  settimeout: (it) => it.settimeout(1),
  select: (it) => select([it], [], [], 0),
  register: (it) => list.register(it),
};

test.each(Object.entries(onClosed))(
  "%s() of a closed socket says that it is closed",
  (name, call) => {
    const it = s.socket(s.AF_INET, s.SOCK_STREAM);
    it.close();
    const error = caught(() => call(it));
    expect(error).toBeInstanceOf(OSError);
    expect(error).toMatchObject({
      code: "EBADF",
      syscall: name,
      message: `${name}(): this socket is closed (EBADF)`,
    });
  },
);

function caught(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

test("a closed socket can still be asked what it was, and be closed", () => {
  const it = s.socket(s.AF_INET, s.SOCK_STREAM);
  it.close();
  it.close();
  expect([it.fileno(), it.family, it.type, it.gettimeout(), it.getblocking()])
    .toEqual([-1, s.AF_INET, s.SOCK_STREAM, null, true]);
});

test("closed sets of descriptors say so", () => {
  const closed = epoll();
  closed.close();
  closed.close();
  expect(closed.closed).toBe(true);
  expect(() => closed.poll(0)).toThrow("poll(): this set is closed (EBADF)");
  expect(() => closed.register(sock)).toThrow("register(): this set is closed (EBADF)");
  const selector = new SelectSelector();
  selector.close();
  for (const call of ["register", "modify", "unregister", "get_key", "select"] as const) {
    expect(() => selector[call](any(sock), EVENT_READ, 0))
      .toThrow(`${call}(): this selector is closed (EBADF)`);
  }
});

test("using closes, also when the block is left by an exception", () => {
  const left: { fileno(): number }[] = [];
  expect(() => {
    using it = s.socket(s.AF_INET, s.SOCK_STREAM);
    using set = epoll();
    left.push(it, set);
    throw new Error("out of the block");
  }).toThrow("out of the block");
  expect(left.map((it) => it.fileno())).toEqual([-1, -1]);
});

test("a fileno() that closes what it is to be put into is found out", () => {
  const closing = epoll();
  const trap = {
    fileno() {
      closing.close();
      return sock.fileno();
    },
  };
  expect(() => closing.register(trap)).toThrow("this set is closed");
  const it = s.socket(s.AF_INET, s.SOCK_STREAM);
  const address = any(["127.0.0.1", 0]);
  Object.defineProperty(address, 0, {
    get() {
      it.close();
      return "127.0.0.1";
    },
  });
  expect(() => it.bind(address)).toThrow("bind(): this socket is closed");
});

test("what fails is told by the class that the manual of errors.ts has for it", () => {
  using silent = s.socket(s.AF_INET, s.SOCK_STREAM);
  silent.bind(["127.0.0.1", 0]);
  using client = s.socket(s.AF_INET, s.SOCK_STREAM);
  const refused = silent.getsockname() as [string, number];
  expect(caught(() => client.connect(refused))).toBeInstanceOf(ConnectionRefusedError);
  const all = caught(() => s.create_connection(refused, { all_errors: true }));
  expect((all as AggregateError).errors[0]).toBeInstanceOf(ConnectionRefusedError);
  expect(caught(() => s.getaddrinfo("127.0.0.1.2", 1, { flags: s.AI_NUMERICHOST })))
    .toBeInstanceOf(gaierror);
  const [a] = s.socketpair();
  using _ = a;
  a.settimeout(0.01);
  expect(caught(() => a.recv(1))).toBeInstanceOf(TimeoutError);
  a.setblocking(false);
  expect(caught(() => a.recv(1))).toBeInstanceOf(BlockingIOError);
});

test("a time limit holds where poll() says ready and the call finds nothing", () => {
  using full = s.socket(s.AF_UNIX, s.SOCK_DGRAM);
  const name = `\0full ${Math.random()}`;
  full.bind(name);
  using sender = s.socket(s.AF_UNIX, s.SOCK_DGRAM);
  sender.settimeout(0.02);
  const error = caught(() => {
    for (;;) sender.sendto(bytes, name);
  });
  expect(error).toBeInstanceOf(TimeoutError);
});

describe("on a system that it does not know", () => {
  test.each(["socket", "select", "selectors", "struct", "tcp-info"])(
    "%s.ts says so",
    async (name) => {
      for (const platform of ["win32", "freebsd"]) {
        const said = await output("elsewhere.ts", [platform, name]);
        expect(said).toMatch(
          /^Error: The berkeley library calls the sockets of Linux or macOS, and this is /,
        );
        expect(said).toContain(`this is ${platform}. On Windows, work in WSL (wsl --install).`);
        expect(said.trim().split("\n").length).toBe(1);
      }
    },
  );
});

test("tcp_info() says what ss says", async ({ skip }) => {
  const missing = missingTool("ss");
  if (missing) return skip(missing);
  using listener = s.create_server(["127.0.0.1", 0]);
  using client = s.create_connection(listener.getsockname() as [string, number]);
  const [conn] = listener.accept();
  using _ = conn;
  client.sendall(new Uint8Array(5000));
  let received = 0;
  while (received < 5000) received += conn.recv(5000).length;
  conn.sendall(new Uint8Array(300));
  client.recv(300);
  const port = client.getsockname()[1];
  const { stdout } = await runTool("ss", ["-tin", `sport = :${port}`]);
  const info = tcp_info(client);
  const text = String(stdout);
  const field = (name: string) => Number(new RegExp(` ${name}:(\\d+)`).exec(text)?.[1]);
  expect(text).toContain("ESTAB");
  expect({
    state: "ESTABLISHED",
    mss: field("mss"),
    pmtu: field("pmtu"),
    rcvmss: field("rcvmss"),
    advmss: field("advmss"),
    cwnd: field("cwnd"),
    bytes_acked: field("bytes_acked"),
    bytes_received: field("bytes_received"),
    segs_out: field("segs_out"),
    segs_in: field("segs_in"),
    rto: field("rto"),
  }, text).toEqual({
    state: info.state,
    mss: info.snd_mss,
    pmtu: info.pmtu,
    rcvmss: info.rcv_mss,
    advmss: info.advmss,
    cwnd: info.snd_cwnd,
    bytes_acked: Number(info.bytes_acked),
    bytes_received: Number(info.bytes_received),
    segs_out: info.segs_out,
    segs_in: info.segs_in,
    rto: Math.floor(info.rto_us / 1000),
  });
});
