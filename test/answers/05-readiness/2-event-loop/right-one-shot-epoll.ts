/**
 * Right: has epoll tell of each socket once, and arms it anew after the callback; it finds the
 * next timer by looking at all.
 *
 * Refused by a test that wants the sockets of one round to be called before it asks again.
 *
 * @module
 */
import process from "node:process";
import type { OSError } from "#berkeley/errors.ts";
import { epoll, EPOLLIN, EPOLLONESHOT, EPOLLOUT, type Selectable } from "#berkeley/select.ts";
import { create_server, type Socket } from "#berkeley/socket.ts";

export type Callback = () => void;

export class EventLoop {
  readonly #epoll = epoll();
  readonly #readers = new Map<number, Callback>();
  readonly #writers = new Map<number, Callback>();
  readonly #known = new Set<number>();
  readonly #timers = new Map<symbol, [dueMs: number, callback: Callback]>();
  #stopped = false;

  onReadable(sock: Selectable, callback: Callback): void {
    this.#set(this.#readers, sock, callback);
  }

  onWritable(sock: Selectable, callback: Callback): void {
    this.#set(this.#writers, sock, callback);
  }

  offReadable(sock: Selectable): void {
    this.#set(this.#readers, sock);
  }

  offWritable(sock: Selectable): void {
    this.#set(this.#writers, sock);
  }

  setTimer(ms: number, callback: Callback): () => void {
    const id = Symbol();
    this.#timers.set(id, [performance.now() + ms, callback]);
    return () => void this.#timers.delete(id);
  }

  run(): void {
    this.#stopped = false;
    while (!this.#stopped && this.#timers.size + this.#known.size > 0) {
      const next = Math.min(...[...this.#timers.values()].map(([dueMs]) => dueMs));
      const seconds = next === Infinity ? null : Math.max(0, next - performance.now()) / 1000;
      // One at a time: whoever is left over is told of in the next round.
      const [first] = this.#epoll.poll(seconds, 1);
      if (first) this.#serve(...first);
      if (!this.#stopped) this.#ring();
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  #serve(fd: number, events: number): void {
    try {
      if (events & ~EPOLLOUT) this.#readers.get(fd)?.();
      if (!this.#stopped && events & ~EPOLLIN) this.#writers.get(fd)?.();
    } finally {
      this.#arm(fd);
    }
  }

  #ring(): void {
    const now = performance.now();
    const due = [...this.#timers].filter(([, [dueMs]]) => dueMs <= now);
    due.sort(([, [a]], [, [b]]) => a - b);
    for (const [id, [, callback]] of due) {
      if (this.#stopped) return;
      if (this.#timers.delete(id)) callback();
    }
  }

  #set(map: Map<number, Callback>, sock: Selectable, callback?: Callback): void {
    const fd = typeof sock === "number" ? sock : sock.fileno();
    if (callback) map.set(fd, callback);
    else map.delete(fd);
    this.#arm(fd);
  }

  #arm(fd: number): void {
    const events = (this.#readers.has(fd) ? EPOLLIN : 0) | (this.#writers.has(fd) ? EPOLLOUT : 0);
    if (events === 0) {
      if (this.#known.delete(fd)) this.#epoll.unregister(fd);
    } else if (this.#known.has(fd)) {
      this.#epoll.modify(fd, events | EPOLLONESHOT);
    } else {
      this.#epoll.register(fd, events | EPOLLONESHOT);
      this.#known.add(fd);
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
