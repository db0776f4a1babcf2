/**
 * What a selector stands on: select(), poll() and epoll(), told and asked in the same words.
 *
 * @module
 */
import { epoll, EPOLLIN, EPOLLOUT, poll, POLLIN, POLLOUT, select } from "../select.ts";

/** EVENT_READ of selectors.ts. */
export const READ = 1;
/** EVENT_WRITE of selectors.ts. */
export const WRITE = 2;

/** A descriptor's number with READ and WRITE, as they have come. */
export type Ready = [fd: number, events: number];

/** One of the system's calls that wait for many descriptors. */
export interface Mechanism {
  /** Begins to wait for a descriptor. */
  add(fd: number, events: number): void;
  /** Waits for other events of it. */
  change(fd: number, events: number): void;
  /** Waits for it no more. */
  remove(fd: number): void;
  /** Waits for so many seconds at most, null for without end, for one of so many descriptors. */
  wait(seconds: number | null, size: number): Ready[];
  /** Gives back what it has open. */
  close(): void;
}

/** select(2) */
export class SelectMechanism implements Mechanism {
  readonly #readers = new Set<number>();
  readonly #writers = new Set<number>();

  add(fd: number, events: number): void {
    if (events & READ) this.#readers.add(fd);
    if (events & WRITE) this.#writers.add(fd);
  }

  change(fd: number, events: number): void {
    this.remove(fd);
    this.add(fd, events);
  }

  remove(fd: number): void {
    this.#readers.delete(fd);
    this.#writers.delete(fd);
  }

  wait(seconds: number | null): Ready[] {
    const [readable, writable] = select([...this.#readers], [...this.#writers], [], seconds);
    const events = new Map(readable.map((fd) => [fd, READ]));
    for (const fd of writable) events.set(fd, (events.get(fd) ?? 0) | WRITE);
    return [...events];
  }

  close(): void {
    this.#readers.clear();
    this.#writers.clear();
  }
}

/** poll(2) */
export class PollMechanism implements Mechanism {
  readonly #poll = poll();

  add(fd: number, events: number): void {
    this.#poll.register(fd, mask(events, POLLIN, POLLOUT));
  }

  change(fd: number, events: number): void {
    this.#poll.modify(fd, mask(events, POLLIN, POLLOUT));
  }

  remove(fd: number): void {
    this.#poll.unregister(fd);
  }

  wait(seconds: number | null): Ready[] {
    const found = this.#poll.poll(seconds === null ? null : seconds * 1000);
    for (const it of found) it[1] = ready(it[1], POLLIN, POLLOUT);
    return found;
  }

  close(): void {}
}

/** epoll(7) */
export class EpollMechanism implements Mechanism {
  readonly #epoll = epoll();

  add(fd: number, events: number): void {
    this.#epoll.register(fd, mask(events, EPOLLIN, EPOLLOUT));
  }

  change(fd: number, events: number): void {
    this.#epoll.modify(fd, mask(events, EPOLLIN, EPOLLOUT));
  }

  remove(fd: number): void {
    this.#epoll.unregister(fd);
  }

  wait(seconds: number | null, size: number): Ready[] {
    const found = this.#epoll.poll(seconds, Math.max(1, size));
    for (const it of found) it[1] = ready(it[1], EPOLLIN, EPOLLOUT);
    return found;
  }

  close(): void {
    this.#epoll.close();
  }
}

function mask(events: number, input: number, output: number): number {
  return (events & READ ? input : 0) | (events & WRITE ? output : 0);
}

// Whatever else has come (an error, a hang-up, no such descriptor) makes every call return at once:
// whoever waits for one of them is to be told.
function ready(come: number, input: number, output: number): number {
  return (come & ~output ? READ : 0) | (come & ~input ? WRITE : 0);
}
