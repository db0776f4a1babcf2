/**
 * A small event loop: read, write and timer callbacks in one thread, and a chat that runs on it.
 *
 *     node exercises/05-readiness/2-event-loop.ts [port]
 *     deno run --allow-ffi exercises/05-readiness/2-event-loop.ts [port]
 *
 * You write the class. The chat below it is finished, and uses nothing but the class; it is started
 * when this file is the program, not when another one imports it.
 *
 * @module
 */
import process from "node:process";
import type { OSError } from "#berkeley/errors.ts";
import type { Selectable } from "#berkeley/select.ts";
import { create_server, type Socket } from "#berkeley/socket.ts";

/** What the loop calls when its time has come. */
export type Callback = () => void;

/**
 * Calls back when sockets are ready and when timers are due.
 *
 * - All calls are made by {@link run}, one after another, in the thread that called it.
 * - While nothing is ready and no timer is due, it sleeps in one call of the system.
 * - Who was taken off, or cancelled, is not called any more, even if it was ready or due already.
 * - A callback may add, take off, set, cancel and stop whatever it likes.
 * - Ready is a hint: a callback may be called once although nothing is there, as that of a new socket
 *   which has got the number of one that was closed a moment ago. EAGAIN tells it.
 */
export class EventLoop {
  /**
   * Calls back whenever a socket is readable, as long as it is, until {@link offReadable}.
   *
   * @param sock A non-blocking socket, anything else with a `fileno()`, or a descriptor's number
   * @param callback Takes the place of the one that was there
   */
  onReadable(sock: Selectable, callback: Callback): void {
    // TODO: Keep the callback, and wait for the socket to be readable
    throw new Error("Not written yet");
  }

  /**
   * Calls back whenever a socket is writable, as long as it is, until {@link offWritable}.
   *
   * @param sock A non-blocking socket, anything else with a `fileno()`, or a descriptor's number
   * @param callback Takes the place of the one that was there
   */
  onWritable(sock: Selectable, callback: Callback): void {
    // TODO: Keep the callback, and wait for the socket to be writable
    throw new Error("Not written yet");
  }

  /**
   * Takes the callback for reading off; that for writing stays. Nothing happens when there is none.
   * To be called before the socket is closed.
   *
   * @param sock As it was given
   */
  offReadable(sock: Selectable): void {
    // TODO: Forget the callback, and wait for that no more
    throw new Error("Not written yet");
  }

  /**
   * Takes the callback for writing off; that for reading stays. Nothing happens when there is none.
   * To be called before the socket is closed.
   *
   * @param sock As it was given
   */
  offWritable(sock: Selectable): void {
    // TODO: Forget the callback, and wait for that no more
    throw new Error("Not written yet");
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
    // TODO: Keep the callback with the time at which it is due
    throw new Error("Not written yet");
  }

  /**
   * Calls back until nothing is left to wait for, neither a socket nor a timer, or until
   * {@link stop}. It may be called again afterwards, and goes on with what is left.
   *
   * @throws What a callback throws, at once; nothing but that one call is lost by it
   */
  run(): void {
    // TODO: Sleep until a socket is ready or a timer is due, call back, and begin again
    throw new Error("Not written yet");
  }

  /**
   * Has {@link run} return as soon as the callback that calls this has returned, before any other is
   * called. What is left stays as it is.
   */
  stop(): void {
    // TODO: Have run() see it
    throw new Error("Not written yet");
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
