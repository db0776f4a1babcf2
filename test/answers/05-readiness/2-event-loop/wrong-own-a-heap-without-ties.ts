/**
 * Wrong, own: keeps its timers in a heap by the time at which they are due, and nothing else: those
 * that are due in the same millisecond come in any order.
 *
 * Says: "all were set to 0 ms at once"
 *
 * @module
 */
import process from "node:process";
import type { OSError } from "#berkeley/errors.ts";
import type { Selectable } from "#berkeley/select.ts";
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from "#berkeley/selectors.ts";
import { create_server, type Socket } from "#berkeley/socket.ts";

export type Callback = () => void;

interface Timer {
  dueMs: number;
  /** of those that are due at one time, who was set first */
  number: number;
  callback: Callback | undefined;
}

const isBefore = (a: Timer, b: Timer) => a.dueMs < b.dueMs;

/** A binary heap: the timer at i is due no later than those at 2i + 1 and 2i + 2. */
class Heap {
  readonly #all: Timer[] = [];

  get first(): Timer | undefined {
    while (this.#all[0] && !this.#all[0].callback) this.#take();
    return this.#all[0];
  }

  push(timer: Timer): void {
    let i = this.#all.push(timer) - 1;
    while (i > 0 && isBefore(timer, this.#all[(i - 1) >> 1]!)) {
      this.#all[i] = this.#all[(i - 1) >> 1]!;
      i = (i - 1) >> 1;
    }
    this.#all[i] = timer;
  }

  take(): Timer {
    const { first } = this;
    this.#take();
    return first!;
  }

  #take(): void {
    const last = this.#all.pop()!;
    if (this.#all.length === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= this.#all.length) break;
      if (this.#all[child + 1] && isBefore(this.#all[child + 1]!, this.#all[child]!)) child++;
      if (!isBefore(this.#all[child]!, last)) break;
      this.#all[i] = this.#all[child]!;
      i = child;
    }
    this.#all[i] = last;
  }
}

class Watch {
  readable: Callback | undefined;
  writable: Callback | undefined;

  get events(): number {
    return (this.readable ? EVENT_READ : 0) | (this.writable ? EVENT_WRITE : 0);
  }
}

export class EventLoop {
  readonly #selector = new DefaultSelector<Watch>();
  readonly #watches = new Map<Selectable, Watch>();
  readonly #timers = new Heap();
  #count = 0;
  #state: "idle" | "running" | "stopping" = "idle";

  onReadable(sock: Selectable, callback: Callback): void {
    this.#change(sock, (watch) => watch.readable = callback);
  }

  onWritable(sock: Selectable, callback: Callback): void {
    this.#change(sock, (watch) => watch.writable = callback);
  }

  offReadable(sock: Selectable): void {
    this.#change(sock, (watch) => watch.readable = undefined);
  }

  offWritable(sock: Selectable): void {
    this.#change(sock, (watch) => watch.writable = undefined);
  }

  setTimer(ms: number, callback: Callback): () => void {
    const timer: Timer = { dueMs: Date.now() + ms, number: this.#count++, callback };
    this.#timers.push(timer);
    return () => {
      timer.callback = undefined;
    };
  }

  run(): void {
    this.#state = "running";
    try {
      while (this.#state === "running" && (this.#timers.first || this.#watches.size > 0)) {
        this.#round();
      }
    } finally {
      this.#state = "idle";
    }
  }

  stop(): void {
    if (this.#state === "running") this.#state = "stopping";
  }

  #round(): void {
    const { first } = this.#timers;
    const seconds = first ? Math.max(0, first.dueMs - Date.now()) / 1000 : null;
    for (const [{ data }, events] of this.#selector.select(seconds)) {
      if (events & EVENT_READ && this.#state === "running") data.readable?.();
      if (events & EVENT_WRITE && this.#state === "running") data.writable?.();
    }
    const now = Date.now();
    const before = this.#count;
    while (this.#state === "running") {
      const due = this.#timers.first;
      if (!due || due.dueMs > now || due.number >= before) return;
      const { callback } = this.#timers.take();
      callback!();
    }
  }

  #change(sock: Selectable, change: (watch: Watch) => void): void {
    const watch = this.#watches.get(sock) ?? new Watch();
    const before = watch.events;
    change(watch);
    const now = watch.events;
    if (before === 0 && now !== 0) this.#selector.register(sock, now, watch);
    if (before !== 0 && now === 0) this.#selector.unregister(sock);
    if (before !== 0 && now !== 0) this.#selector.modify(sock, now);
    if (now === 0) this.#watches.delete(sock);
    else this.#watches.set(sock, watch);
  }
}

/** More than this is not kept for a member who does not read, in bytes. */
const mostUnread = 1 << 20;

/** A member may be silent for so long, then it is asked whether it is still there. */
const silenceMs = 300_000;

/** A chat: it greets who comes, and gives each line to all other members. */
class Chat {
  readonly #loop: EventLoop;
  readonly #members = new Set<Member>();

  constructor(loop: EventLoop) {
    this.#loop = loop;
  }

  /** Lets in whoever connects. */
  open(listener: Socket): void {
    listener.setblocking(false);
    this.#loop.onReadable(listener, () => {
      const accepted = unlessItWaits(() => listener.accept());
      if (!accepted) return;
      const member = new Member(accepted[0], this.#loop, this);
      this.#members.add(member);
      member.send(new TextEncoder().encode("Welcome\n"));
    });
  }

  /** Gives a line to all but its author. */
  tell(line: Uint8Array, author: Member): void {
    for (const member of this.#members) {
      if (member !== author) member.send(line);
    }
  }

  /** Forgets a member. */
  leave(member: Member): void {
    this.#members.delete(member);
  }
}

/** One member of the chat: its socket, the line that it is writing, what it has not read yet. */
class Member {
  readonly #sock: Socket;
  readonly #loop: EventLoop;
  readonly #chat: Chat;
  #line: Uint8Array = new Uint8Array();
  #unread: Uint8Array = new Uint8Array();
  #forgetSilence: () => void = () => {};

  constructor(sock: Socket, loop: EventLoop, chat: Chat) {
    this.#sock = sock;
    this.#loop = loop;
    this.#chat = chat;
    sock.setblocking(false);
    loop.onReadable(sock, () => this.#attempt(() => this.#receive()));
    this.#waitForSilence();
  }

  /** Sends bytes, or as many as there is room for now; the others follow. */
  send(bytes: Uint8Array): void {
    if (this.#unread.length + bytes.length > mostUnread) return this.#leave();
    this.#unread = join(this.#unread, bytes);
    this.#attempt(() => this.#flush());
  }

  #receive(): void {
    const bytes = this.#sock.recv(65536);
    if (bytes.length === 0) return this.#leave();
    this.#waitForSilence();
    this.#line = join(this.#line, bytes);
    const end = this.#line.lastIndexOf(newline) + 1;
    if (end > 0) this.#chat.tell(this.#line.subarray(0, end), this);
    this.#line = this.#line.slice(end);
    if (this.#line.length > mostUnread) this.#leave();
  }

  #flush(): void {
    this.#unread = this.#unread.subarray(this.#sock.send(this.#unread));
    if (this.#unread.length === 0) this.#loop.offWritable(this.#sock);
  }

  // A full buffer is no failure: there is a time to go on. Anything else is this member's end.
  #attempt(step: () => void): void {
    try {
      step();
    } catch (error) {
      const { code } = error as OSError;
      if (code === undefined) throw error;
      if (code !== "EAGAIN") return this.#leave();
    }
    if (this.#unread.length > 0) {
      this.#loop.onWritable(this.#sock, () => this.#attempt(() => this.#flush()));
    }
  }

  #waitForSilence(): void {
    this.#forgetSilence();
    this.#forgetSilence = this.#loop.setTimer(silenceMs, () => {
      this.send(new TextEncoder().encode("Are you still there?\n"));
    });
  }

  #leave(): void {
    if (this.#sock.fileno() < 0) return;
    this.#forgetSilence();
    this.#unread = new Uint8Array();
    this.#loop.offReadable(this.#sock);
    this.#loop.offWritable(this.#sock);
    this.#sock.close();
    this.#chat.leave(this);
  }
}

const newline = 10;

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function unlessItWaits<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if ((error as OSError).code === "EAGAIN") return undefined;
    throw error;
  }
}

if (import.meta.main) {
  const loop = new EventLoop();
  const listener = create_server(["127.0.0.1", Number(process.argv[2] ?? 65432)]);
  new Chat(loop).open(listener);
  console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);
  loop.run();
}
