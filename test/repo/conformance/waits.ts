/**
 * What scenarios wait for: a socket that is ready, bytes that have arrived, a buffer that is full.
 *
 * They wait by this library, never by a mutant of it.
 *
 * @module
 */
import { poll, POLLIN, POLLOUT } from "#berkeley/select.ts";
import { type AddressFamily, MSG_DONTWAIT, MSG_PEEK, Socket } from "#berkeley/socket.ts";

/** A socket of any library. */
export interface Thing {
  family: AddressFamily<[string, number]>;
  fileno(): number;
  close(): void;
}

/** What a scenario waits for has not come: it goes no further. */
export class Unready extends Error {}

/** Waits until it can be read from. */
export const readable = (it: Thing): void => wait(it, POLLIN);

/** Waits until it can be written to. */
export const writable = (it: Thing): void => wait(it, POLLOUT);

/** Waits until it has an error, or both directions are closed. */
export const broken = (it: Thing): void => wait(it, 0);

/** Waits until so many bytes lie ready to be read. */
export function arrived(it: Thing, count: number): void {
  while (ours(it).recv(count, MSG_PEEK).length < count);
}

/** Sends until there is room for no more. */
export function fill(it: Thing): void {
  try {
    for (;;) ours(it).send(new Uint8Array(4096), MSG_DONTWAIT);
  } catch {
    return;
  }
}

/** Sends until that fails, and fails with it. */
export function flood(it: Thing & { send(bytes: Uint8Array): number }): never {
  for (;;) it.send(new Uint8Array(4096));
}

/** Receives until the end; how many bytes that were. */
export function drain(it: Thing): number {
  for (let count = 0;;) {
    const { length } = ours(it).recv(65536);
    if (length === 0) return count;
    count += length;
  }
}

/** The same socket, as this library has it. */
export const ours = (it: Thing): Socket<[string, number]> => new Socket(it.fileno(), it.family, 0);

function wait(it: Thing, events: number): void {
  const waiting = poll();
  waiting.register(it.fileno(), events);
  if (waiting.poll(2000).length === 0) throw new Unready(`not ready for ${events} within 2 s`);
}
