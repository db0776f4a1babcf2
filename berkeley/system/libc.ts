/**
 * The calls themselves, as the C library has them.
 *
 * Every one is synchronous: no JavaScript runs before it has returned, so the memory that it is given
 * cannot be freed or moved meanwhile. None may be called with koffi's `async`.
 *
 * @module
 */
import koffi, { type TypeObject } from "koffi";
import { isLinux } from "./platform.ts";

const libc = koffi.load(null);

/** Memory for a call to read or to fill. */
export type Memory = Uint8Array | Int32Array | null;

/** A pointer that came from a call. */
export type Pointer = object | bigint | number | null;

/** Declares a call by its prototype. */
function call<Args extends unknown[], Result = number>(prototype: string) {
  return libc.func(prototype) as unknown as (...args: Args) => Result;
}

/** Declares a call that Linux alone has. */
function onLinux<Args extends unknown[]>(prototype: string) {
  return isLinux ? call<Args>(prototype) : undefined;
}

/** What the last call has failed with: to be asked before anything else is called. errno(3) */
export const errno: () => number = koffi.errno;

/** strerror(3) */
export const strerror = call<[number], string>("const char *strerror(int number)");
/** socket(2) */
export const socket = call<[number, number, number]>("int socket(int family, int type, int proto)");
/** socketpair(2) */
export const socketpair = call<[number, number, number, Memory]>(
  "int socketpair(int family, int type, int proto, void *fds)",
);
/** bind(2) */
export const bind = call<[number, Memory, number]>("int bind(int fd, void *address, uint length)");
/** listen(2) */
export const listen = call<[number, number]>("int listen(int fd, int backlog)");
/** connect(2) */
export const connect = call<[number, Memory, number]>(
  "int connect(int fd, void *address, uint length)",
);
/** accept(2) */
export const accept = call<[number, Memory, Memory]>(
  "int accept(int fd, void *address, void *length)",
);
/** accept4(2): as accept(), and sets the new descriptor's flags */
export const accept4 = onLinux<[number, Memory, Memory, number]>(
  "int accept4(int fd, void *address, void *length, int flags)",
);
/** send(2) */
export const send = call<[number, Memory, number, number]>(
  "intptr_t send(int fd, void *bytes, size_t length, int flags)",
);
/** recv(2) */
export const recv = call<[number, Memory, number, number]>(
  "intptr_t recv(int fd, void *bytes, size_t length, int flags)",
);
/** sendto(2) */
export const sendto = call<[number, Memory, number, number, Memory, number]>(
  "intptr_t sendto(int fd, void *bytes, size_t length, int flags, void *address, uint size)",
);
/** recvfrom(2) */
export const recvfrom = call<[number, Memory, number, number, Memory, Memory]>(
  "intptr_t recvfrom(int fd, void *bytes, size_t length, int flags, void *address, void *size)",
);
/** shutdown(2) */
export const shutdown = call<[number, number]>("int shutdown(int fd, int how)");
/** close(2) */
export const close = call<[number]>("int close(int fd)");
/** getsockname(2) */
export const getsockname = call<[number, Memory, Memory]>(
  "int getsockname(int fd, void *address, void *length)",
);
/** getpeername(2) */
export const getpeername = call<[number, Memory, Memory]>(
  "int getpeername(int fd, void *address, void *length)",
);
/** getsockopt(2) */
export const getsockopt = call<[number, number, number, Memory, Memory]>(
  "int getsockopt(int fd, int level, int option, void *value, void *length)",
);
/** setsockopt(2) */
export const setsockopt = call<[number, number, number, Memory, number]>(
  "int setsockopt(int fd, int level, int option, void *value, uint length)",
);
/** fcntl(2); the word "int" before the argument is for the foreign function interface */
export const fcntl = call<[number, number, "int", number]>("int fcntl(int fd, int command, ...)");
/** poll(2); the count is an unsigned long on Linux, an unsigned int on macOS */
export const poll = call<[Memory, number, number]>(
  `int poll(void *fds, ${isLinux ? "ulong" : "uint"} count, int ms)`,
);
/** select(2) */
export const select = call<[number, Memory, Memory, Memory, Memory]>(
  "int select(int count, void *read, void *write, void *except, void *timeout)",
);
/** epoll_create1(2) */
export const epoll_create1 = onLinux<[number]>("int epoll_create1(int flags)");
/** epoll_ctl(2) */
export const epoll_ctl = onLinux<[number, number, number, Memory]>(
  "int epoll_ctl(int epoll, int operation, int fd, void *event)",
);
/** epoll_wait(2) */
export const epoll_wait = onLinux<[number, Memory, number, number]>(
  "int epoll_wait(int epoll, void *events, int count, int ms)",
);
/** getaddrinfo(3) */
export const getaddrinfo = call<[string | null, string | null, Memory, [Pointer]]>(
  "int getaddrinfo(const char *host, const char *service, void *hints, _Out_ void **list)",
);
/** freeaddrinfo(3) */
export const freeaddrinfo = call<[Pointer], void>("void freeaddrinfo(void *list)");
/** gai_strerror(3) */
export const gai_strerror = call<[number], string>("const char *gai_strerror(int number)");

/** `struct addrinfo`, as getaddrinfo() lists them. */
export const addrinfo: TypeObject = koffi.struct({
  flags: "int",
  family: "int",
  type: "int",
  proto: "int",
  length: "uint",
  ...isLinux
    ? { address: "void *", canonical: "const char *" }
    : { canonical: "const char *", address: "void *" },
  next: "void *",
});

/** Reads what a pointer points to. */
export const decode = koffi.decode as (pointer: Pointer, type: TypeObject) => unknown;
// A type stays for good: one for each length, not for each address.
const arrays = new Map<number, TypeObject>();

/** So many bytes in a row, for {@link decode}. */
export function bytes(length: number): TypeObject {
  const known = arrays.get(length) ?? koffi.array("uint8", length, "Typed");
  arrays.set(length, known);
  return known;
}
