/**
 * Opens and closes each kind of thing that has a descriptor, many times, and prints what is left.
 *
 *     node test/repo/berkeley/leaks.ts [cycles=10000]
 *     deno run -A test/repo/berkeley/leaks.ts [cycles=10000]
 *
 * @module
 */
import { readdirSync } from "node:fs";
import process from "node:process";
import {
  type AddressFamily,
  AF_INET,
  AF_INET6,
  AF_UNIX,
  create_connection,
  create_server,
  type InetAddress,
  SO_LINGER,
  SOCK_DGRAM,
  SOCK_STREAM,
  socket,
  socketpair,
  SOL_SOCKET,
} from "#berkeley/socket.ts";
import { epoll } from "#berkeley/select.ts";
import { EpollSelector, EVENT_READ, PollSelector, SelectSelector } from "#berkeley/selectors.ts";
import { pack } from "#berkeley/struct.ts";

const cycles = Number(process.argv[2] ?? 10_000);
const loopback: [string, number] = ["127.0.0.1", 0];
using listener = create_server(loopback, { backlog: 100 });
const taken = listener.getsockname();
/** Leaves no port in TIME-WAIT. */
const abort = pack("@ii", 1, 0);

/** Nobody listens there, and nobody else gets the port. */
using silent = socket(AF_INET, SOCK_STREAM);
silent.bind(loopback);
const refused = silent.getsockname() as [string, number];

/** Whatever a call throws, it is to have closed what it had opened. */
function failing(call: () => unknown): () => void {
  return () => {
    try {
      call();
    } catch {
      return;
    }
    throw new Error(`${call} did not fail`);
  };
}

class Broken extends EpollSelector {
  override register(): never {
    throw new Error("in the middle of a block");
  }
}

const cases: Record<string, () => void> = {
  "socket(AF_INET)": () => socket(AF_INET, SOCK_STREAM).close(),
  "socket(AF_INET6)": () => socket(AF_INET6, SOCK_STREAM).close(),
  "socket(AF_UNIX)": () => socket(AF_UNIX, SOCK_STREAM).close(),
  "socket(SOCK_DGRAM)": () => socket(AF_INET, SOCK_DGRAM).close(),
  "close() twice": () => {
    const it = socket(AF_INET);
    it.close();
    it.close();
  },
  "detach()": () => {
    const it = socket(AF_INET);
    const fd = it.detach();
    it.close();
    socket(AF_INET, SOCK_STREAM, 0, fd).close();
  },
  "connect() and accept()": () => {
    using client = socket(AF_INET);
    client.connect(taken);
    const [conn] = listener.accept();
    using _ = conn;
    client.setsockopt(SOL_SOCKET, SO_LINGER, abort);
  },
  "create_connection()": () => {
    using client = create_connection(taken as [string, number]);
    listener.accept()[0].close();
    client.setsockopt(SOL_SOCKET, SO_LINGER, abort);
  },
  "socketpair()": () => socketpair().forEach((it) => it.close()),
  "socketpair(SOCK_DGRAM)": () => socketpair(AF_UNIX, SOCK_DGRAM).forEach((it) => it.close()),
  "create_server()": () => create_server(loopback).close(),
  "epoll()": () => epoll().close(),
  "SelectSelector": () => new SelectSelector().close(),
  "PollSelector": () => new PollSelector().close(),
  "EpollSelector": () => {
    using selector = new EpollSelector();
    selector.register(listener, EVENT_READ, 0);
  },
  "a using block that throws": failing(() => {
    using selector = new Broken();
    using _ = socket(AF_INET);
    selector.register();
  }),
  "socket() of no such family": failing(() =>
    socket(250 as AddressFamily<InetAddress>, SOCK_STREAM)
  ),
  "socket() of a descriptor of another type": failing(() =>
    socket(AF_INET, SOCK_DGRAM, 0, listener.fileno())
  ),
  "socketpair() of no such family": failing(() => socketpair(AF_INET)),
  "create_server() on a taken port": failing(() => create_server(taken as [string, number])),
  "create_server() on a Unix path that cannot be": failing(() =>
    create_server("/no/such/folder/x", { family: AF_UNIX })
  ),
  "create_server() on an address of another family": failing(() =>
    create_server(["::1", 0], { family: AF_INET })
  ),
  "create_server() with no backlog": failing(() => create_server(loopback, { backlog: -1 })),
  "create_connection() refused": failing(() => create_connection(refused)),
  "create_connection() refused, all errors": failing(() =>
    create_connection(refused, { all_errors: true })
  ),
  "create_connection() with no time": failing(() =>
    create_connection(taken as [string, number], { timeout: -1 })
  ),
  "create_connection() whose option throws": failing(() =>
    create_connection(taken as [string, number], {
      get timeout(): number {
        throw new Error("own");
      },
    })
  ),
  "create_connection() from an address that is not ours": failing(() =>
    create_connection(taken as [string, number], { source_address: ["192.0.2.1", 0] })
  ),
  "accept() without a client": failing(() => {
    using empty = create_server(loopback);
    empty.setblocking(false);
    empty.accept();
  }),
  "connect() refused": failing(() => {
    using client = socket(AF_INET);
    client.connect(refused);
  }),
  "EpollSelector.register() of a closed socket": failing(() => {
    using selector = new EpollSelector();
    const it = socket(AF_INET);
    it.close();
    selector.register(it, EVENT_READ, 0);
  }),
};

const open = () => readdirSync("/proc/self/fd").length;

for (const [name, cycle] of Object.entries(cases)) {
  cycle();
  const before = open();
  for (let i = 0; i < cycles; i++) cycle();
  const left = open() - before;
  if (left !== 0) console.log(`${name}: ${left} descriptors more after ${cycles} times`);
}
console.log(`${Object.keys(cases).length} cases, ${cycles} times each`);
