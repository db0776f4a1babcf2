/**
 * Turns the number of a failed call into the error that is thrown.
 *
 * @module
 */
import "./platform.ts"; // says which systems there are, before koffi fails on another
import koffi from "koffi";
import {
  BlockingIOError,
  BrokenPipeError,
  ConnectionAbortedError,
  ConnectionRefusedError,
  ConnectionResetError,
  FileExistsError,
  FileNotFoundError,
  OSError,
  type OSErrorDetails,
  PermissionError,
  TimeoutError,
} from "../errors.ts";
import { strerror } from "./libc.ts";

type ErrorClass = new (message: string, details: OSErrorDetails) => OSError;

const classes: Record<string, ErrorClass> = {
  EAGAIN: BlockingIOError,
  EWOULDBLOCK: BlockingIOError,
  EINPROGRESS: BlockingIOError,
  EALREADY: BlockingIOError,
  EPIPE: BrokenPipeError,
  ESHUTDOWN: BrokenPipeError,
  ECONNABORTED: ConnectionAbortedError,
  ECONNREFUSED: ConnectionRefusedError,
  ECONNRESET: ConnectionResetError,
  EEXIST: FileExistsError,
  ENOENT: FileNotFoundError,
  EACCES: PermissionError,
  EPERM: PermissionError,
  ETIMEDOUT: TimeoutError,
};

/** This system's numbers by their names. */
export const numberOf: Record<string, number> = koffi.os.errno;

// Two names may have one number: the one that manual pages of socket calls use wins.
const nameOf = new Map(Object.entries(numberOf).map(([name, number]) => [number, name]));
for (const name of ["EAGAIN", "EOPNOTSUPP"]) nameOf.set(numberOf[name]!, name);

/** EAGAIN here: the call would have to wait. */
export const EAGAIN = numberOf.EAGAIN!;
/** EINTR here: a signal came. */
export const EINTR = numberOf.EINTR!;
/** EINPROGRESS here: the connection is on its way. */
export const EINPROGRESS = numberOf.EINPROGRESS!;
/** EBADF here: there is no such descriptor. */
export const EBADF = numberOf.EBADF!;

/**
 * The error for a call that has failed.
 *
 * @param errno What the system said
 * @param syscall The call's name
 * @param address Where to, if it had an address
 */
export function failed(errno: number, syscall: string, address?: unknown): OSError {
  const code = nameOf.get(errno) ?? `errno ${errno}`;
  const where = address === undefined ? "" : ` ${show(address)}`;
  const message = `${syscall}()${where}: ${strerror(errno)} (${code})`;
  return new (classes[code] ?? OSError)(message, { errno, code, syscall, address });
}

/** The error for a call on a socket that this program has closed. */
export function closed(syscall: string): OSError {
  const message = `${syscall}(): this socket is closed (EBADF)`;
  return new OSError(message, { errno: EBADF, code: "EBADF", syscall });
}

/** The error for a time limit that is over. */
export function timedOut(syscall: string, seconds: number, address?: unknown): OSError {
  const where = address === undefined ? "" : ` ${show(address)}`;
  return new TimeoutError(`${syscall}()${where}: timed out after ${seconds} s`, {
    syscall,
    address,
  });
}

function show(address: unknown): string {
  if (!Array.isArray(address)) return JSON.stringify(address) ?? String(address);
  const [host, port] = address;
  return String(host).includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
