/**
 * Wrong, own: takes a timer out of the list by its index, which is -1 when it was called already: that
 * takes the last one out.
 *
 * Says: "which is nothing to B"
 *
 * @module
 */
import process from "node:process";
import type { OSError } from "#berkeley/errors.ts";
import type { Selectable } from "#berkeley/select.ts";
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from "#berkeley/selectors.ts";
import { create_server, type Socket } from "#berkeley/socket.ts";

/** What the loop calls when its time has come. */
export type Callback = () => void;

/** What waits for a socket; at least one of them is there. */
interface Waiting {
  readable?: Callback | undefined;
  writable?: Callback | undefined;
}

interface Timer {
  /** on the clock of performance.now() */
  dueMs: number;
  callback: Callback;
}

/**
 * Calls back when sockets are ready and when timers are due.
 *
 * - All calls are made by {@link run}, one after another, in the thread that called it.
 * - While nothing is ready and no timer is due, it sleeps in one call of the system.
 * - Who was taken off, or cancelled, is not called any more, even if it was ready or due already.
 * - A callback may add, take off, set, cancel and stop whatever it likes.
 */
export class EventLoop {
  readonly #selector = new DefaultSelector<Waiting>();
  /** in the order in which they were set */
  #timers: Timer[] = [];
  #stopped = false;

  /**
   * Calls back whenever a socket is readable, as long as it is, until {@link offReadable}.
   *
   * @param sock A non-blocking socket, or anything else with a `fileno()`
   * @param callback Takes the place of the one that was there
   */
  onReadable(sock: Selectable, callback: Callback): void {
    this.#wait(sock, { ...this.#waiting(sock), readable: callback });
  }

  /**
   * Calls back whenever a socket is writable, as long as it is, until {@link offWritable}.
   *
   * @param sock A non-blocking socket, or anything else with a `fileno()`
   * @param callback Takes the place of the one that was there
   */
  onWritable(sock: Selectable, callback: Callback): void {
    this.#wait(sock, { ...this.#waiting(sock), writable: callback });
  }

  /**
   * Takes the callback for reading off; that for writing stays. Nothing happens when there is none.
   * To be called before the socket is closed.
   *
   * @param sock As it was given
   */
  offReadable(sock: Selectable): void {
    this.#wait(sock, { ...this.#waiting(sock), readable: undefined });
  }

  /**
   * Takes the callback for writing off; that for reading stays. Nothing happens when there is none.
   * To be called before the socket is closed.
   *
   * @param sock As it was given
   */
  offWritable(sock: Selectable): void {
    this.#wait(sock, { ...this.#waiting(sock), writable: undefined });
  }

  /**
   * Calls back once, when the time has passed and not before. Timers are called in the order in which
   * they are due; of two that are due at the same time, the one that was set first. 0 is due at once,
   * and is called by {@link run} all the same, never by this.
   *
   * @param ms How long from now, in milliseconds
   * @param callback Called once
   * @returns Cancels it; when it was called or cancelled before, nothing happens
   */
  setTimer(ms: number, callback: Callback): () => void {
    const timer = { dueMs: performance.now() + ms, callback };
    this.#timers.push(timer);
    let cancelled = false;
    return () => {
      if (cancelled) return;
      cancelled = true;
      this.#timers.splice(this.#timers.indexOf(timer), 1);
    };
  }

  /**
   * Calls back until nothing is left to wait for, neither a socket nor a timer, or until
   * {@link stop}. It may be called again afterwards, and goes on with what is left.
   *
   * @throws What a callback throws, at once; nothing but that one call is lost by it
   */
  run(): void {
    this.#stopped = false;
    while (!this.#stopped && (this.#timers.length > 0 || this.#selector.get_map().size > 0)) {
      const first = this.#nextTimer();
      const seconds = first && Math.max(0, first.dueMs - performance.now()) / 1000;
      const ready = this.#selector.select(seconds ?? null);
      for (const [key, events] of ready) {
        // What was taken off meanwhile is not there any more.
        if (events & EVENT_READ) this.#call(() => this.#waiting(key.fileobj).readable);
        if (events & EVENT_WRITE) this.#call(() => this.#waiting(key.fileobj).writable);
      }
      this.#callTimers(performance.now());
    }
  }

  /**
   * Has {@link run} return as soon as the callback that calls this has returned, before any other is
   * called. What is left stays as it is.
   */
  stop(): void {
    this.#stopped = true;
  }

  #call(callback: () => Callback | undefined): void {
    if (!this.#stopped) callback()?.();
  }

  // Those that are due now, and not those that they set: sockets would never get their turn.
  #callTimers(nowMs: number): void {
    const due = [...this.#timers].filter((it) => it.dueMs <= nowMs);
    // The sort is stable: who was set first goes first.
    for (const timer of due.sort((a, b) => a.dueMs - b.dueMs)) {
      if (this.#stopped) return;
      const at = this.#timers.indexOf(timer);
      if (at < 0) continue;
      this.#timers.splice(at, 1);
      timer.callback();
    }
  }

  #nextTimer(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (!next || timer.dueMs < next.dueMs) next = timer;
    }
    return next;
  }

  #waiting(sock: Selectable): Waiting {
    const fd = typeof sock === "number" ? sock : sock.fileno();
    return this.#selector.get_map().get(fd)?.data ?? {};
  }

  #wait(sock: Selectable, waiting: Waiting): void {
    const events = (waiting.readable ? EVENT_READ : 0) | (waiting.writable ? EVENT_WRITE : 0);
    const isKnown = this.#selector.get_map().has(typeof sock === "number" ? sock : sock.fileno());
    if (isKnown && events) this.#selector.modify(sock, events, waiting);
    else if (isKnown) this.#selector.unregister(sock);
    else if (events) this.#selector.register(sock, events, waiting);
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
