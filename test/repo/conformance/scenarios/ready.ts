/**
 * select() and poll(): readable, writable, an error, the end, a descriptor that is none.
 *
 * @module
 */
import { connected, full, nobody, paired, type Scenario } from "../scenario.ts";

export const ready: Scenario[] = [
  {
    name: "select() tells who is readable and who is writable",
    tells: ["select() mixes its lists"],
    steps: `${paired}
      select([a, b], [a, b], [a, b], 0)
      a.send(text('a'))
      select([a, b], [a, b], [], 0)
      b.recv(1)
      fill(a)
      select([a, b], [a, b], [], 0)
      select([], [], [], 0)
      select([b], [], [])
    `,
  },
  {
    name: "select() waits for a time",
    tells: ["select() mixes its lists"],
    steps: `${paired}
      begun = now()
      select([a, b], [], [], 0.05)
      now() - begun < 0.05
      now() - begun < 5
      select([b], [a], [], 5)
      select([a.fileno()], [], [], 0)
    `,
  },
  {
    name: "select() of a listener, a FIN and a reset",
    tells: ["select() mixes its lists"],
    steps: `
      l = create_server(['127.0.0.1', 0])
      select([l], [l], [l], 0)
      c = create_connection(l.getsockname())
      select([l], [], [], 5)
      s = l.accept()[0]
      select([s], [s], [s], 0)
      c.shutdown(SHUT_WR)
      select([s], [], [], 5)
      select([s], [s], [s], 0)
      c.setsockopt(SOL_SOCKET, SO_LINGER, pack('ii', 1, 0))
      c.close()
      broken(s)
      select([s], [s], [s], 0)
    `,
  },
  {
    name: "select() tells of a connection that is refused",
    tells: ["select() mixes its lists"],
    steps: `${full}
      w = socket(AF_INET, SOCK_STREAM)
      w.setblocking(false)
      w.connect_ex(l.getsockname())
      select([w], [w], [], 0)
      nobody = socket(AF_INET, SOCK_STREAM)
      nobody.bind(['127.0.0.1', 0])
      c = socket(AF_INET, SOCK_STREAM)
      c.setblocking(false)
      c.connect_ex(nobody.getsockname())
      select([], [c], [], 2)
      select([c], [c], [c], 0)
      select([q], [q], [], 0)
    `,
  },
  {
    name: "select() tells of urgent data in its third list",
    tells: ["select() mixes its lists"],
    steps: `${connected}
      c.send(text('!'), MSG_OOB)
      select([], [], [s], 5)
      select([s], [s], [s], 0)
      select([s], [c], [], 0)
    `,
  },
  {
    name: "select() refuses a descriptor that is none",
    tells: ["a closed socket is ENOTCONN", "errno is one more"],
    steps: `
      a = socket(AF_INET, SOCK_STREAM)
      fd = a.fileno()
      select([a], [], [], -1)
      a.close()
      select([fd], [], [], 0)
      select([a], [], [], 0)
      select([1024], [], [], 0)
      select(['a'], [], [], 0)
      select([-1], [], [], 0)
      select([], [], [], 'a')
    `,
    differs: {
      "select([a], [], [], 0)": {
        cpython: "ValueError",
        ours: "OSError 9 EBADF",
        because: "A closed socket is EBADF wherever it is given: select() says so",
      },
    },
  },
  {
    name: "poll() tells of bytes, of room, and of both",
    tells: ["poll() loses an event"],
    steps: `${paired}
      p = poll()
      p.poll(0)
      p.register(a)
      p.register(b, POLLIN)
      by_name(p.poll(0))
      a.send(text('a'))
      by_name(p.poll(0))
      p.modify(b, POLLIN | POLLOUT)
      by_name(p.poll(0))
      p.register(b, POLLOUT)
      by_name(p.poll(0))
      p.unregister(b)
      by_name(p.poll(0))
    `,
  },
  {
    name: "poll() of a full buffer, and of one that has room again",
    tells: ["poll() loses an event"],
    steps: `${paired}
      p = poll()
      p.register(a, POLLOUT)
      by_name(p.poll(0))
      fill(a)
      by_name(p.poll(0))
      a.shutdown(SHUT_WR)
      0 < drain(b)
      by_name(p.poll(0))
    `,
  },
  {
    name: "poll() of a FIN, of both, and of a reset",
    tells: ["poll() loses an event"],
    steps: `${connected}
      p = poll()
      p.register(s, POLLIN | POLLRDHUP)
      by_name(p.poll(0))
      c.shutdown(SHUT_WR)
      by_name(p.poll(5000))
      s.shutdown(SHUT_WR)
      broken(s)
      by_name(p.poll(0))
      p.modify(s, 0)
      by_name(p.poll(0))
    `,
  },
  {
    name: "poll() of a reset",
    tells: ["poll() loses an event"],
    steps: `${connected}
      p = poll()
      p.register(s, POLLIN | POLLOUT | POLLRDHUP)
      c.setsockopt(SOL_SOCKET, SO_LINGER, pack('ii', 1, 0))
      c.close()
      broken(s)
      by_name(p.poll(0))
      s.recv(1)
      by_name(p.poll(0))
    `,
  },
  {
    name: "poll() of sockets that were never connected, are refused, or listen",
    tells: ["poll() loses an event"],
    steps: `${nobody}
      p = poll()
      p.register(nobody)
      by_name(p.poll(0))
      c = socket(AF_INET, SOCK_STREAM)
      c.setblocking(false)
      c.connect_ex(nobody.getsockname())
      broken(c)
      p.register(c, POLLIN | POLLOUT)
      by_name(p.poll(0))
      l = create_server(['127.0.0.1', 0])
      p.register(l, POLLIN)
      d = create_connection(l.getsockname())
      readable(l)
      by_name(p.poll(0))
    `,
  },
  {
    name: "poll() of a descriptor that was closed is POLLNVAL",
    tells: ["poll() loses an event"],
    steps: `${paired}
      p = poll()
      p.register(a, POLLIN)
      p.register(b, POLLIN)
      a.close()
      by_name(p.poll(0))
      p.unregister(b)
      by_name(p.poll(0))
    `,
  },
  {
    name: "poll() waits for a time, in milliseconds",
    tells: ["poll() loses an event"],
    steps: `${paired}
      p = poll()
      p.register(a, POLLIN)
      begun = now()
      p.poll(50)
      now() - begun < 0.05
      now() - begun < 5
      p.poll(0.5)
      b.send(text('a'))
      by_name(p.poll())
      by_name(p.poll(null))
      by_name(p.poll(-1))
      p.poll('1')
    `,
  },
  {
    name: "poll() refuses what is not in its list",
    tells: ["poll() forgets nobody"],
    steps: `${paired}
      p = poll()
      p.unregister(a)
      p.register(a)
      p.register(a)
      p.unregister(a)
      p.unregister(a)
      p.register('a')
      p.register(-1)
      p.register(a, 65536)
      p.register(a, -1)
    `,
  },
  {
    name: "poll() has nothing to change in what is not in its list",
    tells: ["poll() changes what it does not know"],
    steps: `${paired}
      p = poll()
      p.modify(a, POLLIN)
      p.register(a, POLLIN)
      p.modify(a, POLLOUT)
      by_name(p.poll(0))
    `,
  },
  {
    name: "poll() refuses a socket that is closed",
    tells: ["a closed socket is ENOTCONN"],
    steps: `
      a = socket(AF_INET, SOCK_STREAM)
      a.close()
      p = poll()
      p.register(a, POLLIN)
      p.poll(0)
    `,
    differs: {
      "p.register(a, POLLIN)": {
        cpython: "ValueError",
        ours: "OSError 9 EBADF",
        because: "A closed socket is EBADF wherever it is given",
      },
    },
  },
];
