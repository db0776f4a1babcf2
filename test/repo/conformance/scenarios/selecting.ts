/**
 * Selectors, each kind of them.
 *
 * @module
 */
import { connected, full, nobody, paired, type Scenario } from "../scenario.ts";
import type { MutantName } from "../mutants.ts";

/** What asks the kernel for a selector, and which mutant shows it. */
const kinds: [kind: string, mutant: MutantName][] = [
  ["SelectSelector", "select() mixes its lists"],
  ["PollSelector", "poll() loses an event"],
  ["EpollSelector", "epoll() loses an event"],
  ["DefaultSelector", "a selector mixes its events"],
];

/** The same with each kind of selector. */
const each = kinds.flatMap(([kind, mutant]): Scenario[] => [
  {
    name: `${kind}: readable, writable, both`,
    tells: [mutant],
    steps: `${paired}
      m = ${kind}()
      m.select(0)
      m.register(a, EVENT_READ | EVENT_WRITE, 'first')
      m.register(b, EVENT_READ, 'second')
      m.select(0)
      b.send(text('a'))
      m.select(0)
      m.modify(a, EVENT_READ, 'other')
      m.select(0)
      m.get_key(a)
      fill(b)
      m.modify(b, EVENT_WRITE, 'second')
      m.select(0)
      m.unregister(a)
      m.select(0)
      size(m.get_map())
    `,
  },
  {
    name: `${kind}: a FIN and a reset`,
    tells: [kind === "SelectSelector" ? mutant : "a selector hears of no errors"],
    steps: `${connected}
      m = ${kind}()
      m.register(s, EVENT_READ, 'server')
      m.select(0)
      c.shutdown(SHUT_WR)
      m.select(5)
      m.modify(s, EVENT_READ | EVENT_WRITE, 'server')
      m.select(0)
      m.modify(s, EVENT_WRITE, 'server')
      m.select(0)
      c.setsockopt(SOL_SOCKET, SO_LINGER, pack('ii', 1, 0))
      c.close()
      broken(s)
      m.select(0)
      m.modify(s, EVENT_READ | EVENT_WRITE, 'server')
      m.select(0)
      s.recv(1)
      m.modify(s, EVENT_READ, 'server')
      m.select(0)
      ${nobody}
      n = ${kind}()
      n.register(nobody, EVENT_READ | EVENT_WRITE, 'never')
      n.select(0)
      n.modify(nobody, EVENT_READ, 'never')
      n.select(0)
    `,
  },
  {
    name: `${kind}: what is registered, and what is not`,
    tells: ["a selector registers twice"],
    steps: `${paired}
      m = ${kind}()
      m.register(a, EVENT_READ, 'first')
      m.register(a, EVENT_WRITE, 'again')
      m.register(a.fileno(), EVENT_WRITE, 'again')
      m.register(b, 0, 'none')
      m.register(b, 4, 'none')
      m.register(b, 7, 'none')
      m.register('b', EVENT_READ, 'none')
      m.register(-1, EVENT_READ, 'none')
      m.modify(b, EVENT_READ, 'none')
      m.unregister(b)
      m.get_key(b)
      m.get_key(a)
      m.unregister(a)
      m.unregister(a)
    `,
  },
]);

const closed = {
  ours: "OSError 9 EBADF",
  because: "What is closed is EBADF wherever it is used: close() says so",
};

export const selecting: Scenario[] = [
  ...each,
  {
    name: "A selector waits for a time",
    tells: ["a selector mixes its events"],
    steps: `${paired}
      m = DefaultSelector()
      m.register(a, EVENT_READ, 'a')
      begun = now()
      m.select(0.05)
      now() - begun < 0.05
      now() - begun < 5
      m.select(-1)
      b.send(text('a'))
      m.select()
      m.select(null)
      m.modify(a, EVENT_WRITE, 'a')
      a.send(text('a'))
      m.select(5)
      fill(a)
      m.select(0)
    `,
  },
  {
    name: "A selector of nothing waits for its time",
    tells: ["a selector of nothing asks for no events"],
    steps: `
      m = DefaultSelector()
      begun = now()
      m.select(0.2)
      now() - begun < 0.2
      m.select(0)
      size(m.get_map())
    `,
  },
  {
    // It comes by itself: the kernel sends a SYN again after a second.
    name: "A selector's time is in seconds: what comes after one is in time",
    tells: ["a second of a selector has one ms"],
    steps: `${full}
      c = socket(AF_INET, SOCK_STREAM)
      c.setblocking(false)
      c.connect_ex(l.getsockname())
      s = l.accept()[0]
      m = DefaultSelector()
      m.register(c, EVENT_WRITE, 'c')
      m.select(10)
    `,
  },
  {
    name: "A selector gives other data with the same events",
    tells: ["a selector loses its data"],
    steps: `${paired}
      m = DefaultSelector()
      m.register(a, EVENT_WRITE, 'before')
      m.modify(a, EVENT_WRITE, 'after')
      m.select(0)
      m.get_key(a)
    `,
  },
  {
    name: "A selector keeps data that modify() leaves out",
    tells: ["a selector registers twice"],
    steps: `${paired}
      m = DefaultSelector()
      m.register(a, EVENT_READ, 'data')
      m.modify(a, EVENT_WRITE)
      m.register(a, EVENT_READ, 'data')
    `,
    differs: {
      "m.modify(a, EVENT_WRITE)": {
        cpython: "key [socket a, 2, nothing]",
        ours: 'key [socket a, 2, "data"]',
        because: "Data that is left out stays as it was: modify() says so. CPython forgets it",
      },
    },
  },
  {
    name: "A selector refuses a socket that is closed, and finds one that was closed since",
    tells: ["a closed socket is ENOTCONN"],
    steps: `${paired}
      m = DefaultSelector()
      m.register(b, EVENT_READ, 'b')
      a.close()
      m.register(a, EVENT_READ, 'a')
      b.close()
      m.select(0)
      m.unregister(b)
      m.unregister(b)
    `,
    differs: {
      "m.register(a, EVENT_READ, 'a')": {
        cpython: "ValueError",
        ours: "OSError 9 EBADF",
        because: "A closed socket is EBADF wherever it is given: register() says so",
      },
    },
  },
  {
    name: "A selector that is closed",
    tells: ["a closed socket is ENOTCONN"],
    steps: `${paired}
      m = DefaultSelector()
      m.register(a, EVENT_READ, 'a')
      m.close()
      m.close()
      m.get_key(a)
      m.unregister(a)
      m.modify(a, EVENT_WRITE, 'a')
      m.select(0)
      m.register(b, EVENT_READ, 'b')
      a.close()
      a.recv(1)
    `,
    differs: {
      "m.get_key(a)": { cpython: "RuntimeError", ...closed },
      "m.unregister(a)": { cpython: "KeyError", ...closed },
      "m.modify(a, EVENT_WRITE, 'a')": { cpython: "KeyError", ...closed },
      "m.select(0)": { cpython: "ValueError", ...closed },
      "m.register(b, EVENT_READ, 'b')": { cpython: "ValueError", ...closed },
    },
  },
  {
    name: "A selector of a listener, and of a connection on its way",
    tells: ["a selector mixes its events"],
    steps: `
      l = create_server(['127.0.0.1', 0])
      l.setblocking(false)
      m = DefaultSelector()
      m.register(l, EVENT_READ, 'listener')
      c = socket(AF_INET, SOCK_STREAM)
      c.setblocking(false)
      m.register(c, EVENT_WRITE, 'client')
      m.unregister(c)
      c.connect_ex(l.getsockname())
      readable(l)
      writable(c)
      m.register(c, EVENT_WRITE, 'client')
      m.select(5)
      s = l.accept()[0]
      m.select(0)
      c.getsockopt(SOL_SOCKET, SO_ERROR)
    `,
  },
];
