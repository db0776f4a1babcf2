/**
 * Right: keeps one map of callbacks by descriptor, asks poll(), and has its timers in a sorted
 * array.
 *
 * Refused by a test that wants a selector, or that calls sockets before timers.
 *
 * @module
 */
import process from "node:process";
import type { OSError } from "#berkeley/errors.ts";
import { poll, POLLIN, POLLOUT, type Selectable } from "#berkeley/select.ts";
import { create_server, type Socket } from "#berkeley/socket.ts";

export type Callback = () => void;

/** The keys are `"r 5"` and `"w 5"`: what for, and the number of the descriptor. */
type Key = `${"r" | "w"} ${number}`;

const numberOf = (sock: Selectable) => typeof sock === "number" ? sock : sock.fileno();

export class EventLoop {
  readonly #callbacks = new Map<Key, Callback>();
  #timers: { dueMs: number; callback: Callback }[] = [];
  #running = false;

  onReadable(sock: Selectable, callback: Callback): void {
    this.#callbacks.set(`r ${numberOf(sock)}`, callback);
  }

  onWritable(sock: Selectable, callback: Callback): void {
    this.#callbacks.set(`w ${numberOf(sock)}`, callback);
  }

  offReadable(sock: Selectable): void {
    this.#callbacks.delete(`r ${numberOf(sock)}`);
  }

  offWritable(sock: Selectable): void {
    this.#callbacks.delete(`w ${numberOf(sock)}`);
  }

  setTimer(ms: number, callback: Callback): () => void {
    const timer = { dueMs: performance.now() + ms, callback };
    const at = this.#timers.findIndex((other) => other.dueMs > timer.dueMs);
    this.#timers.splice(at < 0 ? this.#timers.length : at, 0, timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  run(): void {
    this.#running = true;
    while (this.#running && this.#callbacks.size + this.#timers.length > 0) {
      this.#callTimers();
      if (this.#running) this.#callSockets();
    }
  }

  stop(): void {
    this.#running = false;
  }

  #callTimers(): void {
    const now = performance.now();
    while (this.#running && this.#timers[0] && this.#timers[0].dueMs <= now) {
      this.#timers.shift()!.callback();
    }
  }

  #callSockets(): void {
    const waiting = poll();
    const events = new Map<number, number>();
    for (const key of this.#callbacks.keys()) {
      const [what, fd] = key.split(" ") as [string, string];
      events.set(Number(fd), (events.get(Number(fd)) ?? 0) | (what === "r" ? POLLIN : POLLOUT));
    }
    for (const [fd, mask] of events) waiting.register(fd, mask);
    const [next] = this.#timers;
    if (!next && events.size === 0) return;
    for (
      const [fd, come] of waiting.poll(next ? Math.max(0, next.dueMs - performance.now()) : null)
    ) {
      if (come & ~POLLOUT && this.#running) this.#callbacks.get(`r ${fd}`)?.();
      if (come & ~POLLIN && this.#running) this.#callbacks.get(`w ${fd}`)?.();
    }
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
