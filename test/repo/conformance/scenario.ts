/**
 * What a scenario is.
 *
 * @module
 */
import type { MutantName } from "./mutants.ts";

/**
 * A little program that means the same in Python and in TypeScript.
 *
 * A step is one line, `expression` or `name = expression`; both interpreters evaluate it by their own
 * language, so it may use what both have: calls, lists, `|`, `<`, `-`, single-quoted text. A list is
 * a tuple in Python, and options in braces are its keywords. All names of `berkeley/` are known, and
 * these:
 *
 * | name | what |
 * | --- | --- |
 * | `text('a')` `hexed('00ff')` `zeros(3)` | bytes |
 * | `room(3)` | bytes for recv_into() to fill |
 * | `whole('9007199254740993')` | a bigint |
 * | `size(it)` | how many there are |
 * | `now()` | seconds since some moment |
 * | `readable(sock)` `writable(sock)` `broken(sock)` | wait until it is so |
 * | `arrived(sock, 6)` | waits until so many bytes lie ready |
 * | `fill(sock)` | sends until there is no room; of a Unix pair, since TCP makes room for itself |
 * | `flood(sock)` | sends until that fails, which is the outcome |
 * | `drain(sock)` | receives until the end; how many bytes that were |
 * | `by_name(found)` | what poll() has found, with names for descriptors, in order |
 * | `path('a')` `abstract('a')` | names for Unix sockets |
 * | `host` | a loopback address that no other program uses, for ports that are given up |
 *
 * A step that fails is an outcome like any other, and the next one is taken.
 */
export interface Scenario {
  name: string;
  /** the mutants of berkeley/ that it must tell apart */
  tells: MutantName[];
  /** one step a line */
  steps: string;
  /** steps in which CPython and berkeley/ differ on purpose */
  differs?: Record<string, Difference>;
  /** what a machine may lack */
  needs?: "ipv6";
}

/** What CPython does, what berkeley/ does, and why they differ. */
export interface Difference {
  cpython: string;
  ours: string;
  because: string;
}

/** The steps of a scenario. */
export function steps(scenario: Scenario): string[] {
  return scenario.steps.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

const connectedAt = (host: string) => `
  l = create_server([${host}, 0])
  c = create_connection(l.getsockname())
  s = l.accept()[0]
  s.settimeout(2)
  c.settimeout(2)
`;

/** A client `c` and a server `s` that are connected by TCP; `l` listens. */
export const connected = connectedAt("'127.0.0.1'");

/** The same, where nobody else takes the port when it is free. */
export const connectedApart = connectedAt("host");

/** The same, with buffers so small that they are soon full. */
export const narrow = `
  l = socket(AF_INET, SOCK_STREAM)
  l.setsockopt(SOL_SOCKET, SO_RCVBUF, 4096)
  l.bind(['127.0.0.1', 0])
  l.listen()
  c = socket(AF_INET, SOCK_STREAM)
  c.setsockopt(SOL_SOCKET, SO_SNDBUF, 4096)
  c.settimeout(2)
  c.connect(l.getsockname())
  s = l.accept()[0]
  s.settimeout(2)
`;

/** Two sockets `a` and `b` that are connected within this machine. */
export const paired = `
  pair = socketpair()
  a = pair[0]
  b = pair[1]
  a.settimeout(2)
  b.settimeout(2)
`;

/** Two UDP sockets `a` and `b`, each with an address. */
export const datagram = `
  a = socket(AF_INET, SOCK_DGRAM)
  b = socket(AF_INET, SOCK_DGRAM)
  a.bind(['127.0.0.1', 0])
  b.bind(['127.0.0.1', 0])
  a.settimeout(2)
  b.settimeout(2)
`;

/** `nobody` has a port, and does not listen there. */
export const nobody = `
  nobody = socket(AF_INET, SOCK_STREAM)
  nobody.bind(['127.0.0.1', 0])
`;

/** A listener `l` whose queue is full: `q` waits in it, and the next SYN gets no answer. */
export const full = `
  l = create_server(['127.0.0.1', 0], {'backlog': 0})
  q = create_connection(l.getsockname())
  readable(l)
`;

/** The reason of most differences. */
export const before = "What cannot be right is refused before the call: socket.ts says so";
