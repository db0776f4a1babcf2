/**
 * Waits in one call on the main thread, and prints how long and with what end. SIGUSR1 has a handler;
 * SIGINT has none.
 *
 *     node test/repo/berkeley/signals.ts CALL [seconds]
 *
 * @module
 */
import { writeSync } from "node:fs";
import process from "node:process";
import { epoll, EPOLLIN, poll, POLLIN, select } from "#berkeley/select.ts";
import { DefaultSelector, EVENT_READ } from "#berkeley/selectors.ts";
import {
  AF_INET,
  create_server,
  SOCK_DGRAM,
  SOCK_STREAM,
  socket,
  socketpair,
} from "#berkeley/socket.ts";

const [call, limit] = process.argv.slice(2) as [keyof typeof calls, string?];
const seconds = limit === undefined ? null : Number(limit);
const listener = create_server(["127.0.0.1", 0], { backlog: 0 });
const [a] = socketpair();
a.settimeout(seconds);

const calls = {
  accept: () => {
    listener.settimeout(seconds);
    return listener.accept()[0].family;
  },
  recv: () => {
    if (seconds !== null) return a.recv(10);
    const [conn] = listener.accept();
    tell("accepted");
    return String(conn.recv(10));
  },
  recvfrom: () => {
    const packets = socket(AF_INET, SOCK_DGRAM);
    packets.bind(["127.0.0.1", 0]);
    packets.settimeout(seconds);
    return packets.recvfrom(10);
  },
  connect: () => {
    for (let i = 0; i < 4; i++) {
      const it = socket(AF_INET, SOCK_STREAM);
      it.setblocking(false);
      it.connect_ex(listener.getsockname());
    }
    const it = socket(AF_INET, SOCK_STREAM);
    it.settimeout(seconds);
    it.connect(listener.getsockname());
  },
  sendall: () => a.sendall(new Uint8Array(1 << 24)),
  select: () => select([a], [], [], seconds)[0].length,
  poll: () => {
    const list = poll();
    list.register(a, POLLIN);
    return list.poll(seconds! * 1000).length;
  },
  epoll: () => {
    const set = epoll();
    set.register(a, EPOLLIN);
    return set.poll(seconds).length;
  },
  selector: () => {
    const selector = new DefaultSelector<null>();
    selector.register(a, EVENT_READ, null);
    return selector.select(seconds).length;
  },
};

// Not console.log(): the thread stands still before that has written.
function tell(text: string): void {
  writeSync(1, `${text}\n`);
}

let handled = 0;
process.on("SIGUSR1", () => handled++);
tell(`waiting ${listener.getsockname()[1]}`);
const begun = performance.now();
let came: unknown;
try {
  came = calls[call]();
} catch (error) {
  came = (error as Error).name;
}
tell(`${came} after ${Math.floor(performance.now() - begun)} ms`);
setTimeout(() => {
  tell(`handled ${handled > 0}`);
  process.exit(0);
}, 20);
