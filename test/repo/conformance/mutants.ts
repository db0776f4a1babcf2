/**
 * Berkeley libraries with one fault each, for the scenarios to find.
 *
 * @module
 */

/** One change of one file. */
interface Change {
  /** path in berkeley/ */
  file: string;
  /** stands there once */
  was: string;
  becomes: string;
}

const change = (file: string, was: string, becomes: string): Change => ({ file, was, becomes });

/** Each fault, by a name that says it. */
export const mutants = {
  "errno is one more": change(
    "system/fail.ts",
    "(message, { errno, code,",
    "(message, { errno: errno + 1, code,",
  ),
  "EAGAIN has no class": change("system/fail.ts", "  EAGAIN: BlockingIOError,\n", ""),
  "EINPROGRESS has no class": change("system/fail.ts", "  EINPROGRESS: BlockingIOError,\n", ""),
  "EALREADY has no class": change("system/fail.ts", "  EALREADY: BlockingIOError,\n", ""),
  "refused is reset": change(
    "system/fail.ts",
    "ECONNREFUSED: ConnectionRefusedError",
    "ECONNREFUSED: ConnectionResetError",
  ),
  "reset is a broken pipe": change(
    "system/fail.ts",
    "ECONNRESET: ConnectionResetError",
    "ECONNRESET: BrokenPipeError",
  ),
  "EPIPE has no class": change("system/fail.ts", "  EPIPE: BrokenPipeError,\n", ""),
  "a time-out is EAGAIN": change(
    "system/fail.ts",
    "return new TimeoutError(",
    "return new BlockingIOError(",
  ),
  "a closed socket is ENOTCONN": change(
    "system/fail.ts",
    "errno: EBADF, code",
    "errno: numberOf.ENOTCONN!, code",
  ),
  "recv() loses a byte": change(
    "socket.ts",
    "room : room.slice(0, count)",
    "room : room.slice(0, count - 1)",
  ),
  "recv() of none waits": change(
    "socket.ts",
    'if (bufsize === 0) return this.#nothing("recv");',
    "",
  ),
  "recv_into() tells of one byte less": change(
    "socket.ts",
    'return this.#receive("recv_into", room, nbytes || size, flags);',
    'return this.#receive("recv_into", room, nbytes || size, flags) - 1;',
  ),
  "recv() forgets its flags": change(
    "socket.ts",
    "libc.recv(fd, room, size, all)",
    "libc.recv(fd, room, size, 0)",
  ),
  "send() loses a byte": change(
    "socket.ts",
    "libc.send(fd, data, sizeOf(data), all)",
    "libc.send(fd, data, sizeOf(data) - 1, all)",
  ),
  "sendall() loses a byte": change(
    "socket.ts",
    'const data = checkBytes("sendall", bytes);',
    'const data = checkBytes("sendall", bytes).subarray(1);',
  ),
  "sendall() stops at the first piece": change(
    "socket.ts",
    "} while (sent < size);",
    "} while (sent === 0 && size > 0);",
  ),
  "sendto() loses a byte": change(
    "socket.ts",
    "libc.sendto(fd, data, sizeOf(data), all",
    "libc.sendto(fd, data, sizeOf(data) - 1, all",
  ),
  "a port is one more": change(
    "system/address.ts",
    'bytes.subarray(4, 8).join("."), view.getUint16(2)]',
    'bytes.subarray(4, 8).join("."), view.getUint16(2) + 1]',
  ),
  "an IPv6 port is one more": change(
    "system/address.ts",
    "[host, view.getUint16(2),",
    "[host, view.getUint16(2) + 1,",
  ),
  "the first zeros are shortened": change(
    "system/address.ts",
    "length > best.length",
    "best.length < 2",
  ),
  "a mapped address is no more than hex": change(
    "system/address.ts",
    "(mapped || run.length === 6)",
    "run.length === 6",
  ),
  "a Unix path loses a byte": change(
    "system/address.ts",
    "name.subarray(0, end)",
    "name.subarray(0, end - 1)",
  ),
  "an empty Unix name has a zero byte": change(
    "system/address.ts",
    'path === "" || ',
    "",
  ),
  "an abstract name loses a byte": change(
    "system/address.ts",
    "return text.decode(name);",
    "return text.decode(name.subarray(1));",
  ),
  "shutdown() ends both directions": change(
    "socket.ts",
    "libc.shutdown(fd, how)",
    "libc.shutdown(fd, SHUT_RDWR)",
  ),
  "close() does not close": change("socket.ts", "    libc.close(fd);\n", ""),
  "detach() closes": change(
    "socket.ts",
    "detach(): number {\n",
    "detach(): number {\n    libc.close(this.#fd);\n",
  ),
  "getblocking() knows no time limit": change(
    "socket.ts",
    "return this.#seconds !== 0;",
    "return this.#seconds === null;",
  ),
  "a second has one ms": change("socket.ts", "this.#seconds * 1000", "this.#seconds * 1"),
  "connect_ex() is well when time is over": change(
    "socket.ts",
    "this.#limitMs())) return tooLate;",
    "this.#limitMs())) return 0;",
  ),
  "connect() does not ask for its error": change(
    "socket.ts",
    "return descriptor.integerOption(fd, SOL_SOCKET, SO_ERROR);",
    "return 0;",
  ),
  "listen() lets one more wait": change(
    "socket.ts",
    "libc.listen(fd, backlog)",
    "libc.listen(fd, backlog + 1)",
  ),
  "an option is set to one more": change(
    "socket.ts",
    'checkInt("setsockopt() takes a value", value)]',
    'checkInt("setsockopt() takes a value", value) + 1]',
  ),
  "an option is one more": change(
    "system/descriptor.ts",
    "[0]! : value[0]!;",
    "[0]! : value[0]! + 1;",
  ),
  "the bytes of an option lose one": change(
    "socket.ts",
    "value.slice(0, length[0])",
    "value.slice(1, length[0])",
  ),
  "create_server() forgets SO_REUSEADDR": change(
    "socket.ts",
    "SO_REUSEADDR, 1)",
    "SO_REUSEADDR, 0)",
  ),
  "create_connection() has no time limit": change(
    "socket.ts",
    "sock.settimeout(options.timeout)",
    "sock.settimeout(null)",
  ),
  "create_connection() throws all errors": change(
    "socket.ts",
    "if (!options.all_errors)",
    "if (options.all_errors)",
  ),
  "accept() gives the listener's address": change(
    "socket.ts",
    "return [own([fd], this.family, this.type)[0]!, address];",
    "return [own([fd], this.family, this.type)[0]!, this.getsockname()];",
  ),
  "getpeername() gives one's own address": change(
    "socket.ts",
    'this.#name("getpeername", libc.getpeername)',
    'this.#name("getpeername", libc.getsockname)',
  ),
  "recvfrom() gives one's own address": change(
    "socket.ts",
    "return [taken(room, count), address];",
    "return [taken(room, count), this.getsockname()];",
  ),
  "poll() changes what it does not know": change(
    "select.ts",
    "if (!this.#events.has(number)) throw",
    "if (number < 0) throw",
  ),
  "a socketpair is of streams": change(
    "socket.ts",
    "libc.socketpair(family, type |",
    "libc.socketpair(family, SOCK_STREAM |",
  ),
  "names know no EAI_NONAME": change(
    "system/names.ts",
    '  ["EAI_NONAME", here(-2, 8)],\n',
    "",
  ),
  "names know no EAI_SERVICE": change(
    "system/names.ts",
    '  ["EAI_SERVICE", here(-8, 9)],\n',
    "",
  ),
  "getaddrinfo() forgets its hints": change(
    "system/names.ts",
    'checkInt("getaddrinfo() takes flags", flags)',
    'checkInt("getaddrinfo() takes flags", 0)',
  ),
  "16 bits stay as they are": change(
    "socket.ts",
    "return view.getUint16(0);",
    "return view.getUint16(0, littleEndian);",
  ),
  "32 bits stay as they are": change(
    "socket.ts",
    "return view.getUint32(0);",
    "return view.getUint32(0, littleEndian);",
  ),
  "select() mixes its lists": change(
    "select.ts",
    "ready(asked[1], 1)",
    "ready(asked[1], 0)",
  ),
  "a second of a selector has one ms": change("select.ts", "checked * 1000", "checked * 1"),
  "a selector of nothing asks for no events": change(
    "system/mechanisms.ts",
    "Math.max(1, size)",
    "size",
  ),
  "poll() loses an event": change(
    "select.ts",
    "events[4 * k + 3]! & 0xffff",
    "events[4 * k + 3]! & (events[4 * k + 3]! - 1) & 0xffff",
  ),
  "poll() forgets nobody": change("select.ts", "!this.#events.delete(number)", "number < 0"),
  "epoll() loses an event": change(
    "select.ts",
    "room[at]! >>> 0",
    "(room[at]! & (room[at]! - 1)) >>> 0",
  ),
  "epoll() knows no edges": change("select.ts", "EPOLLET = 0x8000_0000", "EPOLLET = 0"),
  "epoll() tells more than once": change(
    "select.ts",
    "EPOLLONESHOT = 0x4000_0000",
    "EPOLLONESHOT = 0",
  ),
  "epoll() does not forget": change("select.ts", "EPOLL_CTL_DEL = 2", "EPOLL_CTL_DEL = 3"),
  "a selector hears of no errors": change(
    "system/mechanisms.ts",
    "(come & ~output ? READ : 0)",
    "(come & input ? READ : 0)",
  ),
  "a selector mixes its events": change(
    "system/mechanisms.ts",
    "READ : 0) | (come & ~input ?",
    "READ : 0) | (come & ~output ?",
  ),
  "a selector registers twice": change(
    "selectors.ts",
    "if (this.#keys.has(fd)) {",
    "if (fd < 0) {",
  ),
  "a selector loses its data": change(
    "selectors.ts",
    "data: data.length === 0 ? old.data : data[0] as T",
    "data: old.data",
  ),
  "numbers are not aligned": change("struct.ts", "if (isNative) at =", "if (!fields) at ="),
  "numbers are the other way round": change(
    "struct.ts",
    'const little = order === "<" ||',
    'const little = order !== "<" ||',
  ),
  "any number fits": change("struct.ts", "if (number < least || number > most) {", "if (!code) {"),
  "any length will do": change("struct.ts", "if (length !== size) {", "if (!bytes) {"),
  "all is unsigned": change(
    "struct.ts",
    'const isSigned = code !== "P" && code === code.toLowerCase();\n  if (size === 8)',
    "const isSigned = false;\n  if (size === 8)",
  ),
  "text loses its last byte": change(
    "struct.ts",
    "target.set(bytes.subarray(0, size))",
    "target.set(bytes.subarray(0, size - 1))",
  ),
  "any value will do for an address": change(
    "system/resolve.ts",
    "checkInteger(`${call}() takes a port`, port, 0, 65535);",
    "",
  ),
} as const satisfies Record<string, Change>;

/** What a mutant is called. */
export type MutantName = keyof typeof mutants;
