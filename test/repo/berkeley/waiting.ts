/**
 * A worker that waits in a call, in which nobody will ever answer. `workerData` says in which.
 *
 * @module
 */
import { parentPort, workerData } from "node:worker_threads";
import { epoll, EPOLLIN, poll, POLLIN, select } from "#berkeley/select.ts";
import { DefaultSelector, EVENT_READ } from "#berkeley/selectors.ts";
import {
  AF_INET,
  AF_UNIX,
  create_server,
  MSG_WAITALL,
  SOCK_DGRAM,
  SOCK_STREAM,
  type Socket,
  socket,
  socketpair,
} from "#berkeley/socket.ts";

/** What to wait in. */
export interface Wait {
  call: keyof typeof calls;
  /** the descriptor of a TCP listener that other threads have, too */
  shared?: number;
}

const { call, shared } = workerData as Wait;
const listener = create_server(["127.0.0.1", 0], { backlog: 0 });
const pair = socketpair();
const [a] = pair;
const packets = socket(AF_INET, SOCK_DGRAM);
packets.bind(["127.0.0.1", 0]);

/** Fills the queue of a listener: whoever connects then has to wait. */
function fill(to: ReturnType<Socket["getsockname"]>, family: number): void {
  for (let i = 0; i < 4; i++) {
    const it = socket(family as typeof AF_INET, SOCK_STREAM);
    it.setblocking(false);
    it.connect_ex(to as [string, number]);
  }
}

const calls = {
  accept: () => listener.accept(),
  recv: () => a.recv(10),
  recv_into: () => a.recv_into(new Uint8Array(10)),
  recv_hour: () => {
    a.settimeout(3600);
    a.recv(10);
  },
  recv_all: () => {
    pair[1].send(new Uint8Array(5));
    a.recv(10, MSG_WAITALL);
    a.recv(10, MSG_WAITALL);
  },
  recvfrom: () => packets.recvfrom(10),
  send: () => {
    for (;;) a.send(new Uint8Array(1 << 20));
  },
  sendall: () => a.sendall(new Uint8Array(1 << 24)),
  sendto: () => {
    const [full] = socketpair(AF_UNIX, SOCK_DGRAM);
    for (;;) full.send(new Uint8Array(10));
  },
  connect: () => {
    fill(listener.getsockname(), AF_INET);
    socket(AF_INET, SOCK_STREAM).connect(listener.getsockname());
  },
  connect_unix: () => {
    const path = `\0waiting ${Math.random()}`;
    create_server(path, { family: AF_UNIX, backlog: 0 });
    fill(path as never, AF_UNIX);
    socket(AF_UNIX, SOCK_STREAM).connect(path);
  },
  select: () => select([a], [], []),
  select_nothing: () => select([], [], [], 3600),
  poll: () => {
    const list = poll();
    list.register(a, POLLIN);
    list.poll();
  },
  epoll: () => {
    const set = epoll();
    set.register(a, EPOLLIN);
    set.poll();
  },
  selector: () => {
    const selector = new DefaultSelector<null>();
    selector.register(a, EVENT_READ, null);
    selector.select();
  },
  shared_accept: () => socket(AF_INET, SOCK_STREAM, 0, shared!).accept(),
  shared_recv: () => socket(AF_UNIX, SOCK_STREAM, 0, shared!).recv(10),
};

parentPort!.postMessage("waiting");
calls[call]();
parentPort!.postMessage("back");
