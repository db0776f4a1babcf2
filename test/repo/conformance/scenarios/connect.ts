/**
 * connect() and connect_ex(): refused, on the way, too late, twice.
 *
 * @module
 */
import { connected, full, nobody, type Scenario } from "../scenario.ts";

export const connect: Scenario[] = [
  {
    name: "connect() is refused, on a socket that waits",
    tells: ["refused is reset", "errno is one more"],
    steps: `${nobody}
      c = socket(AF_INET, SOCK_STREAM)
      c.connect(nobody.getsockname())
    `,
  },
  {
    name: "connect() is refused within a time limit",
    tells: ["connect() does not ask for its error", "refused is reset"],
    steps: `${nobody}
      c = socket(AF_INET, SOCK_STREAM)
      c.settimeout(2)
      c.connect(nobody.getsockname())
      c.getsockopt(SOL_SOCKET, SO_ERROR)
    `,
  },
  {
    name: "connect() is refused, on a socket that does not wait: SO_ERROR has it, once",
    tells: ["EINPROGRESS has no class", "an option is one more"],
    steps: `${nobody}
      c = socket(AF_INET, SOCK_STREAM)
      c.setblocking(false)
      c.connect(nobody.getsockname())
      writable(c)
      c.getsockopt(SOL_SOCKET, SO_ERROR)
      c.getsockopt(SOL_SOCKET, SO_ERROR)
    `,
  },
  {
    name: "connect() is refused, on a socket that does not wait: the next call has it",
    tells: ["refused is reset", "EINPROGRESS has no class"],
    steps: `${nobody}
      c = socket(AF_INET, SOCK_STREAM)
      c.setblocking(false)
      c.connect(nobody.getsockname())
      writable(c)
      c.send(text('a'))
      c.recv(1)
      c.getpeername()
    `,
  },
  {
    name: "connect() is refused, and again",
    tells: ["refused is reset"],
    steps: `${nobody}
      c = socket(AF_INET, SOCK_STREAM)
      c.connect(nobody.getsockname())
      c.connect(nobody.getsockname())
      nobody.listen()
      c.connect(nobody.getsockname())
    `,
  },
  {
    name: "connect_ex() gives the number of the error",
    tells: ["connect() does not ask for its error"],
    steps: `${nobody}
      c = socket(AF_INET, SOCK_STREAM)
      c.settimeout(2)
      c.connect_ex(nobody.getsockname())
      d = socket(AF_INET, SOCK_STREAM)
      d.setblocking(false)
      d.connect_ex(nobody.getsockname())
      nobody.listen()
      e = socket(AF_INET, SOCK_STREAM)
      e.connect_ex(nobody.getsockname())
      e.connect_ex(nobody.getsockname())
    `,
  },
  {
    name: "connect() is refused by IPv6",
    needs: "ipv6",
    tells: ["refused is reset"],
    steps: `
      nobody = socket(AF_INET6, SOCK_STREAM)
      nobody.bind(['::1', 0])
      c = socket(AF_INET6, SOCK_STREAM)
      c.connect(nobody.getsockname())
    `,
  },
  {
    name: "connect() finds no such path",
    tells: ["errno is one more"],
    steps: `
      c = socket(AF_UNIX, SOCK_STREAM)
      c.connect(path('missing'))
      c.connect_ex(path('missing'))
    `,
  },
  {
    name: "connect() to a path whose queue is full is EAGAIN, time limit or not",
    tells: ["EAGAIN has no class"],
    steps: `
      l = socket(AF_UNIX, SOCK_STREAM)
      l.bind(path('full'))
      l.listen(0)
      a = socket(AF_UNIX, SOCK_STREAM)
      a.connect(path('full'))
      b = socket(AF_UNIX, SOCK_STREAM)
      b.settimeout(0.05)
      b.connect(path('full'))
      b.connect_ex(path('full'))
      b.setblocking(false)
      b.connect(path('full'))
      b.connect_ex(path('full'))
    `,
  },
  {
    name: "connect() finds a path where nobody listens any more",
    tells: ["refused is reset"],
    steps: `
      l = socket(AF_UNIX, SOCK_STREAM)
      l.bind(path('left'))
      l.close()
      c = socket(AF_UNIX, SOCK_STREAM)
      c.connect(path('left'))
    `,
  },
  {
    name: "connect() is on its way, then connected",
    tells: ["EINPROGRESS has no class", "getpeername() gives one's own address"],
    steps: `
      l = create_server(['127.0.0.1', 0])
      c = socket(AF_INET, SOCK_STREAM)
      c.setblocking(false)
      c.connect(l.getsockname())
      writable(c)
      c.getsockopt(SOL_SOCKET, SO_ERROR)
      c.getpeername()
      c.send(text('a'))
    `,
  },
  {
    name: "connect() while it is on its way is EALREADY",
    tells: ["EALREADY has no class"],
    steps: `${full}
      c = socket(AF_INET, SOCK_STREAM)
      c.setblocking(false)
      c.connect(l.getsockname())
      c.connect(l.getsockname())
      c.connect_ex(l.getsockname())
      c.send(text('a'))
      c.recv(1)
    `,
  },
  {
    name: "connect() when it is connected is EISCONN",
    tells: ["errno is one more"],
    steps: `${connected}
      c.connect(l.getsockname())
      c.connect_ex(l.getsockname())
      s.connect(l.getsockname())
    `,
  },
  {
    name: "connect() after a connect() that did not wait is well once, then EISCONN",
    tells: ["errno is one more"],
    steps: `
      l = create_server(['127.0.0.1', 0])
      c = socket(AF_INET, SOCK_STREAM)
      c.setblocking(false)
      c.connect_ex(l.getsockname())
      writable(c)
      c.connect(l.getsockname())
      c.connect(l.getsockname())
    `,
  },
  {
    name: "connect() is too late, and the socket is as it was",
    tells: ["a time-out is EAGAIN"],
    steps: `${full}
      c = socket(AF_INET, SOCK_STREAM)
      c.settimeout(0.2)
      begun = now()
      c.connect(l.getsockname())
      now() - begun < 0.2
      c.gettimeout()
      c.getsockopt(SOL_SOCKET, SO_ERROR)
      c.connect(l.getsockname())
    `,
  },
  {
    name: "connect_ex() is too late",
    tells: ["connect_ex() is well when time is over"],
    steps: `${full}
      c = socket(AF_INET, SOCK_STREAM)
      c.settimeout(0.05)
      c.connect_ex(l.getsockname())
    `,
  },
  {
    name: "A listener with a backlog of 1 lets two connect, and the third wait",
    tells: ["listen() lets one more wait"],
    steps: `
      l = create_server(['127.0.0.1', 0], {'backlog': 1})
      a = create_connection(l.getsockname())
      b = create_connection(l.getsockname())
      readable(l)
      c = socket(AF_INET, SOCK_STREAM)
      c.settimeout(0.1)
      c.connect(l.getsockname())
    `,
  },
  {
    name: "connect() of a listener that is gone is refused, and its queue is reset",
    tells: ["reset is a broken pipe"],
    steps: `
      l = create_server([host, 0])
      c = create_connection(l.getsockname())
      to = l.getsockname()
      readable(l)
      l.close()
      broken(c)
      c.recv(1)
      d = socket(AF_INET, SOCK_STREAM)
      d.connect(to)
    `,
  },
];
