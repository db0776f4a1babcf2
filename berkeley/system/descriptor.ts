/**
 * What a descriptor is, and what it is told about waiting: fcntl(2) and options.
 *
 * @module
 */
import { checkInteger, show } from "./check.ts";
import { SO_TYPE, SOCK_DGRAM, SOCK_STREAM, SOL_SOCKET } from "./constants.ts";
import { closed, EINTR, failed } from "./fail.ts";
import * as libc from "./libc.ts";
import { here, isLinux } from "./platform.ts";

const F_SETFD = 2;
const F_GETFL = 3;
const F_SETFL = 4;
const FD_CLOEXEC = 1;
const O_NONBLOCK = here(0o4000, 4);
const SOCK_CLOEXEC = 0o2000000;
const SOCK_NONBLOCK = 0o4000;
const SO_DOMAIN = here(39, -1);
const SO_NOSIGPIPE = 0x1022;

/** Flags that go with a new socket's type where the system has them. */
export const newFlags: number = isLinux ? SOCK_CLOEXEC : 0;

/**
 * Makes a call that waits at most for a signal; after one, makes it again (PEP 475).
 *
 * @param syscall Its name, for the error
 * @throws {OSError} When it fails
 */
export function must(syscall: string, call: () => number, address?: unknown): number {
  for (;;) {
    const result = call();
    if (result >= 0) return result;
    const errno = libc.errno();
    if (errno !== EINTR) throw failed(errno, syscall, address);
  }
}

/** Readies a new descriptor: children do not inherit it, and no signal comes of a broken pipe. */
export function prepare(fd: number): void {
  if (isLinux) return;
  must("fcntl", () => libc.fcntl(fd, F_SETFD, "int", FD_CLOEXEC));
  const on = new Int32Array([1]);
  must("setsockopt", () => libc.setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, on, 4));
}

/** Accepts, and readies the new descriptor; returns as accept(2) does. */
export function accept(
  fd: number,
  { room, length, waits }: { room: Uint8Array; length: Int32Array; waits: boolean },
): number {
  if (libc.accept4) {
    return libc.accept4(fd, room, length, SOCK_CLOEXEC | (waits ? 0 : SOCK_NONBLOCK));
  }
  const accepted = libc.accept(fd, room, length);
  if (accepted < 0) return accepted;
  prepare(accepted);
  setWaits(accepted, waits);
  return accepted;
}

/** Whether calls on a descriptor wait by themselves. */
export function waits(fd: number): boolean {
  return (must("fcntl", () => libc.fcntl(fd, F_GETFL, "int", 0)) & O_NONBLOCK) === 0;
}

/** Says whether calls on a descriptor wait by themselves. */
export function setWaits(fd: number, waits: boolean): void {
  const flags = must("fcntl", () => libc.fcntl(fd, F_GETFL, "int", 0));
  const wanted = waits ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
  if (wanted !== flags) must("fcntl", () => libc.fcntl(fd, F_SETFL, "int", wanted));
}

/** An option that is a whole number. */
export function integerOption(fd: number, level: number, option: number): number {
  const value = new Int32Array(1);
  const length = new Int32Array([4]);
  must("getsockopt", () => libc.getsockopt(fd, level, option, value, length));
  return length[0] === 1 ? new Uint8Array(value.buffer)[0]! : value[0]!;
}

/** What a descriptor is that another has opened: the family is -1 where the system does not say. */
export function identify(fd: number): { family: number; type: number } {
  const type = integerOption(fd, SOL_SOCKET, SO_TYPE);
  const family = isLinux ? integerOption(fd, SOL_SOCKET, SO_DOMAIN) : -1;
  return { family, type };
}

/** What a type is called. */
export function typeName(type: number): string {
  if (type === SOCK_STREAM) return "SOCK_STREAM";
  return type === SOCK_DGRAM ? "SOCK_DGRAM" : `type ${type}`;
}

/** Something with a descriptor. */
export interface HasFileno {
  /** The descriptor's number, -1 when it is closed. */
  fileno(): number;
}

/**
 * The number of a descriptor.
 *
 * @param call The call that it is for
 * @throws {TypeError} When it is neither a number nor something with a descriptor
 * @throws {RangeError} When it is no number that a descriptor can have
 * @throws {OSError} When it is closed
 */
export function checkDescriptor(call: string, value: number | HasFileno): number {
  const fd = typeof value === "number" ? value : askDescriptor(call, value);
  if (fd === -1 && typeof value !== "number") throw closed(call);
  return checkInteger(`${call}() takes a descriptor`, fd, 0, 0x7fff_ffff);
}

function askDescriptor(call: string, value: HasFileno): number {
  if (typeof value?.fileno === "function") return value.fileno();
  throw new TypeError(`${call}() takes a socket or a descriptor's number, got ${show(value)}`);
}
