/**
 * epoll(): level and edge, once, the peer's FIN, and the set itself.
 *
 * @module
 */
import { connected, nobody, paired, type Scenario } from "../scenario.ts";

const closedSet = {
  cpython: "ValueError",
  ours: "OSError 9 EBADF",
  because: "What is closed is EBADF wherever it is used",
};

export const sets: Scenario[] = [
  {
    name: "epoll() tells of bytes, of room, and of both",
    tells: ["epoll() loses an event"],
    steps: `${paired}
      e = epoll()
      e.poll(0)
      e.register(a, EPOLLIN | EPOLLOUT)
      e.register(b, EPOLLIN)
      by_name(e.poll(0))
      a.send(text('a'))
      by_name(e.poll(0))
      e.modify(b, EPOLLIN | EPOLLOUT)
      by_name(e.poll(0))
      e.unregister(b)
      by_name(e.poll(0))
      size(e.poll(0, 1))
    `,
  },
  {
    name: "epoll() by level tells as long as it holds, by edge when it changes",
    tells: ["epoll() knows no edges"],
    steps: `${paired}
      c = socketpair()
      d = c[1]
      e = epoll()
      e.register(b, EPOLLIN | EPOLLET)
      e.register(d, EPOLLIN)
      a.send(text('one'))
      c[0].send(text('one'))
      by_name(e.poll(0))
      by_name(e.poll(0))
      a.send(text('two'))
      by_name(e.poll(0))
      b.recv(1)
      by_name(e.poll(0))
      d.recv(100)
      by_name(e.poll(0))
    `,
  },
  {
    name: "epoll() by edge tells of room when it comes",
    tells: ["epoll() knows no edges"],
    steps: `${paired}
      e = epoll()
      e.register(a, EPOLLOUT | EPOLLET)
      by_name(e.poll(0))
      by_name(e.poll(0))
      e.modify(a, EPOLLOUT | EPOLLET)
      by_name(e.poll(0))
      by_name(e.poll(0))
    `,
  },
  {
    name: "EPOLLONESHOT tells once, until it is changed",
    tells: ["epoll() tells more than once"],
    steps: `${paired}
      e = epoll()
      e.register(b, EPOLLIN | EPOLLONESHOT)
      a.send(text('one'))
      by_name(e.poll(0))
      by_name(e.poll(0))
      a.send(text('two'))
      by_name(e.poll(0))
      e.register(b, EPOLLIN)
      e.modify(b, EPOLLIN | EPOLLONESHOT)
      by_name(e.poll(0))
      by_name(e.poll(0))
    `,
  },
  {
    name: "EPOLLRDHUP tells of the peer's FIN",
    tells: ["epoll() loses an event"],
    steps: `${connected}
      e = epoll()
      e.register(s, EPOLLRDHUP)
      e.register(c, EPOLLIN)
      e.poll(0)
      c.send(text('a'))
      arrived(s, 1)
      e.poll(0)
      c.shutdown(SHUT_WR)
      by_name(e.poll(5))
      s.shutdown(SHUT_WR)
      broken(s)
      broken(c)
      by_name(e.poll(0))
    `,
  },
  {
    name: "epoll() of a reset, and of one that is refused",
    tells: ["epoll() loses an event"],
    steps: `${connected}
      e = epoll()
      e.register(s, EPOLLIN | EPOLLOUT)
      c.setsockopt(SOL_SOCKET, SO_LINGER, pack('ii', 1, 0))
      c.close()
      broken(s)
      by_name(e.poll(0))
      s.recv(1)
      by_name(e.poll(0))
      s.close()
      ${nobody}
      d = socket(AF_INET, SOCK_STREAM)
      d.setblocking(false)
      d.connect_ex(nobody.getsockname())
      broken(d)
      e.register(d, EPOLLOUT)
      by_name(e.poll(0))
    `,
  },
  {
    name: "epoll() knows a descriptor once",
    tells: ["errno is one more", "epoll() does not forget"],
    steps: `${paired}
      e = epoll()
      e.modify(a, EPOLLIN)
      e.unregister(a)
      e.register(a, EPOLLIN)
      e.register(a, EPOLLOUT)
      e.modify(a, EPOLLOUT)
      by_name(e.poll(0))
      e.unregister(a)
      e.poll(0)
      e.unregister(a)
      e.modify(a, EPOLLIN)
    `,
  },
  {
    name: "A closed descriptor leaves epoll() by itself",
    tells: ["close() does not close"],
    steps: `${paired}
      e = epoll()
      e.register(a, EPOLLIN | EPOLLOUT)
      fd = a.fileno()
      size(e.poll(0))
      a.close()
      e.poll(0)
      e.unregister(fd)
      e.modify(fd, EPOLLIN)
    `,
  },
  {
    name: "epoll() refuses what cannot be waited for",
    tells: ["errno is one more", "a closed socket is ENOTCONN"],
    steps: `${paired}
      e = epoll()
      e.register(e.fileno(), EPOLLIN)
      e.register(99999, EPOLLIN)
      e.register('a', EPOLLIN)
      e.register(-1, EPOLLIN)
      e.poll('1')
      e.poll(0, 0)
      a.close()
      e.register(a, EPOLLIN)
    `,
    differs: { "e.register(a, EPOLLIN)": closedSet },
  },
  {
    name: "epoll() waits for a time, in seconds",
    tells: ["epoll() loses an event"],
    steps: `${paired}
      e = epoll()
      e.register(a, EPOLLIN)
      begun = now()
      e.poll(0.05)
      now() - begun < 0.05
      now() - begun < 5
      b.send(text('a'))
      by_name(e.poll())
      by_name(e.poll(null))
      by_name(e.poll(-1))
    `,
  },
  {
    name: "epoll() is readable itself when a socket in it is ready",
    tells: ["epoll() loses an event"],
    steps: `${paired}
      e = epoll()
      e.register(b, EPOLLIN)
      select([e], [], [], 0)
      a.send(text('a'))
      size(select([e], [], [], 0)[0])
      by_name(e.poll(0))
    `,
  },
  {
    name: "epoll() that is closed",
    tells: ["a closed socket is ENOTCONN"],
    steps: `${paired}
      e = epoll()
      e.closed
      e.close()
      e.close()
      e.closed
      e.poll(0)
      e.register(a, EPOLLIN)
      e.modify(a, EPOLLIN)
      e.unregister(a)
      a.close()
      a.recv(1)
    `,
    differs: {
      "e.poll(0)": closedSet,
      "e.register(a, EPOLLIN)": closedSet,
      "e.modify(a, EPOLLIN)": closedSet,
      "e.unregister(a)": closedSet,
    },
  },
];
