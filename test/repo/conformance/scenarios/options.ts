/**
 * Options, sockets that are closed or let go of, and sockets that cannot be made.
 *
 * @module
 */
import { before, connected, paired, type Scenario } from "../scenario.ts";

export const options: Scenario[] = [
  {
    name: "Options that are whole numbers",
    tells: ["an option is set to one more", "an option is one more"],
    steps: `
      a = socket(AF_INET, SOCK_STREAM)
      a.getsockopt(SOL_SOCKET, SO_TYPE)
      a.getsockopt(SOL_SOCKET, SO_REUSEADDR)
      a.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
      a.getsockopt(SOL_SOCKET, SO_REUSEADDR)
      a.getsockopt(IPPROTO_TCP, TCP_NODELAY)
      a.setsockopt(IPPROTO_TCP, TCP_NODELAY, true)
      a.getsockopt(IPPROTO_TCP, TCP_NODELAY)
      a.setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, 77)
      a.getsockopt(IPPROTO_TCP, TCP_KEEPIDLE)
      a.setsockopt(IPPROTO_TCP, TCP_USER_TIMEOUT, 1234)
      a.getsockopt(IPPROTO_TCP, TCP_USER_TIMEOUT)
      a.getsockopt(SOL_SOCKET, SO_ACCEPTCONN)
    `,
  },
  {
    name: "Linux doubles the size of a buffer",
    tells: ["an option is set to one more"],
    steps: `
      a = socket(AF_INET, SOCK_STREAM)
      a.setsockopt(SOL_SOCKET, SO_RCVBUF, 10000)
      a.getsockopt(SOL_SOCKET, SO_RCVBUF)
      a.setsockopt(SOL_SOCKET, SO_SNDBUF, 10000)
      a.getsockopt(SOL_SOCKET, SO_SNDBUF)
    `,
  },
  {
    name: "Options that are bytes",
    tells: ["the bytes of an option lose one"],
    steps: `
      a = socket(AF_INET, SOCK_STREAM)
      a.getsockopt(SOL_SOCKET, SO_LINGER, 8)
      a.setsockopt(SOL_SOCKET, SO_LINGER, pack('ii', 1, 5))
      unpack('ii', a.getsockopt(SOL_SOCKET, SO_LINGER, 8))
      a.getsockopt(SOL_SOCKET, SO_LINGER, 4)
      a.getsockopt(SOL_SOCKET, SO_REUSEADDR, 4)
      a.setsockopt(SOL_SOCKET, SO_REUSEADDR, pack('i', 1))
      a.getsockopt(SOL_SOCKET, SO_REUSEADDR, 2)
    `,
  },
  {
    name: "The name of the congestion control",
    tells: ["the bytes of an option lose one", "errno is one more"],
    steps: `
      a = socket(AF_INET, SOCK_STREAM)
      a.setsockopt(IPPROTO_TCP, TCP_CONGESTION, text('reno'))
      a.getsockopt(IPPROTO_TCP, TCP_CONGESTION, 16)
      a.setsockopt(IPPROTO_TCP, TCP_CONGESTION, text('no such thing'))
      a.getsockopt(IPPROTO_TCP, TCP_CONGESTION, 16)
    `,
  },
  {
    name: "Options that there are not, and values that they cannot have",
    tells: ["errno is one more"],
    steps: `
      a = socket(AF_INET, SOCK_STREAM)
      a.getsockopt(SOL_SOCKET, 9999)
      a.setsockopt(SOL_SOCKET, 9999, 1)
      a.setsockopt(9999, 1, 1)
      a.getsockopt(9999, 1)
      a.setsockopt(SOL_SOCKET, SO_ERROR, 1)
      a.setsockopt(SOL_SOCKET, SO_LINGER, pack('i', 1))
      a.setsockopt(SOL_SOCKET, SO_RCVTIMEO, pack('@ll', 0, 1000000))
      a.setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, -1)
      b = socket(AF_UNIX, SOCK_STREAM)
      b.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
      c = socket(AF_INET, SOCK_DGRAM)
      c.getsockopt(IPPROTO_TCP, TCP_NODELAY)
    `,
  },
  {
    name: "Options refuse what is no value",
    tells: ["any value will do for an address"],
    steps: `
      a = socket(AF_INET, SOCK_STREAM)
      a.setsockopt(SOL_SOCKET, SO_REUSEADDR, 'yes')
      a.setsockopt(SOL_SOCKET, SO_REUSEADDR, 2147483648)
      a.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1.5)
      a.getsockopt(SOL_SOCKET, SO_REUSEADDR, 1025)
      a.getsockopt(SOL_SOCKET, SO_REUSEADDR, -1)
      a.getsockopt(SOL_SOCKET, 'SO_REUSEADDR')
      a.bind(['127.0.0.1', 65536])
    `,
    differs: {
      "a.setsockopt(SOL_SOCKET, SO_REUSEADDR, 2147483648)": {
        cpython: "TypeError",
        ours: "RangeError",
        because: "A number is not taken for bytes: what is wrong with it is that it is too large",
      },
      "a.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1.5)": {
        cpython: "TypeError",
        ours: "RangeError",
        because: before,
      },
      "a.getsockopt(SOL_SOCKET, SO_REUSEADDR, 1025)": {
        cpython: "OSError",
        ours: "RangeError",
        because: before,
      },
      "a.getsockopt(SOL_SOCKET, SO_REUSEADDR, -1)": {
        cpython: "OSError",
        ours: "RangeError",
        because: before,
      },
    },
  },
  {
    name: "Constants have the numbers that the system has for them",
    tells: ["epoll() knows no edges"],
    steps: `
      [AF_INET, AF_INET6, AF_UNIX, AF_UNSPEC, SOCK_STREAM, SOCK_DGRAM]
      [SHUT_RD, SHUT_WR, SHUT_RDWR, SOL_SOCKET, IPPROTO_IP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_IPV6]
      [SO_REUSEADDR, SO_REUSEPORT, SO_SNDBUF, SO_RCVBUF, SO_ERROR, SO_TYPE, SO_ACCEPTCONN]
      [SO_KEEPALIVE, SO_LINGER, SO_RCVTIMEO, SO_SNDTIMEO, SO_BROADCAST]
      [TCP_NODELAY, TCP_CORK, TCP_MAXSEG, TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT, TCP_SYNCNT]
      [TCP_DEFER_ACCEPT, TCP_INFO, TCP_QUICKACK, TCP_CONGESTION, TCP_USER_TIMEOUT, TCP_NOTSENT_LOWAT]
      [IPV6_V6ONLY, MSG_PEEK, MSG_WAITALL, MSG_DONTWAIT, MSG_OOB, MSG_MORE, MSG_TRUNC, MSG_NOSIGNAL]
      [AI_PASSIVE, AI_CANONNAME, AI_NUMERICHOST, AI_NUMERICSERV, SOMAXCONN]
      [POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLNVAL, POLLRDHUP]
      [EPOLLIN, EPOLLPRI, EPOLLOUT, EPOLLERR, EPOLLHUP, EPOLLRDHUP, EPOLLONESHOT, EPOLLET, EPOLLEXCLUSIVE]
      [EVENT_READ, EVENT_WRITE]
      [INADDR_ANY, INADDR_LOOPBACK]
    `,
    differs: {
      "[INADDR_ANY, INADDR_LOOPBACK]": {
        cpython: "[0, 2130706433]",
        ours: '["0.0.0.0", "127.0.0.1"]',
        because:
          "A host is text: bind() takes these as they are, and CPython's bind() refuses a number",
      },
    },
  },
  {
    name: "Sockets that cannot be made",
    tells: ["errno is one more"],
    steps: `
      socket(9999, SOCK_STREAM)
      socket(AF_INET, 9999)
      socket(AF_INET, SOCK_STREAM, IPPROTO_UDP)
      socket(AF_INET6, SOCK_DGRAM, IPPROTO_TCP)
      socket('AF_INET', SOCK_STREAM)
      socketpair(AF_INET, SOCK_STREAM)
      socketpair(AF_UNIX, 9999)
    `,
  },
  {
    name: "Each call on a closed socket is EBADF",
    tells: ["a closed socket is ENOTCONN"],
    steps: `
      a = socket(AF_INET, SOCK_STREAM)
      a.close()
      a.close()
      a.fileno()
      a.bind(['127.0.0.1', 0])
      a.listen()
      a.accept()
      a.connect(['127.0.0.1', 9])
      a.connect_ex(['127.0.0.1', 9])
      a.send(text('a'))
      a.sendall(text('a'))
      a.sendto(text('a'), ['127.0.0.1', 9])
      a.recv(1)
      a.recv_into(room(1))
      a.recvfrom(1)
      a.shutdown(SHUT_WR)
      a.getsockname()
      a.getpeername()
      a.getsockopt(SOL_SOCKET, SO_ERROR)
      a.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
      a.settimeout(1)
      a.setblocking(false)
      a.detach()
    `,
  },
  {
    name: "detach() leaves the descriptor open for another socket",
    tells: ["detach() closes", "send() loses a byte"],
    steps: `${paired}
      fd = a.detach()
      a.fileno()
      a.send(text('a'))
      a.close()
      again = socket(AF_UNIX, SOCK_STREAM, 0, fd)
      again.send(text('abc'))
      b.recv(10)
      again.getsockopt(SOL_SOCKET, SO_TYPE)
    `,
  },
  {
    name: "A socket knows its family and type",
    tells: ["a socketpair is of streams"],
    steps: `${connected}
      [s.family, s.type, c.family, c.type]
      pair = socketpair(AF_UNIX, SOCK_DGRAM)
      [pair[0].family, pair[0].type, pair[0].getsockopt(SOL_SOCKET, SO_TYPE)]
      socketpair(AF_UNIX, SOCK_DGRAM)[1].getsockopt(SOL_SOCKET, SO_TYPE)
    `,
  },
  {
    name: "A descriptor of another kind",
    tells: ["detach() closes"],
    steps: `
      a = socket(AF_INET, SOCK_STREAM)
      fd = a.detach()
      socket(AF_INET, SOCK_DGRAM, 0, fd).detach() - fd
      c = socket(AF_INET, SOCK_STREAM, 0, fd)
      c.getsockopt(SOL_SOCKET, SO_TYPE)
      c.detach() - fd
      d = socket(AF_INET, SOCK_STREAM, 0, fd)
    `,
    differs: {
      "socket(AF_INET, SOCK_DGRAM, 0, fd).detach() - fd": {
        cpython: "0",
        ours: "TypeError",
        because: "What family and type say is held against the descriptor: socket() says so",
      },
    },
  },
  {
    name: "A descriptor that is none",
    tells: ["errno is one more"],
    steps: `
      socket(AF_INET, SOCK_STREAM, 0, 99999)
      socket(AF_INET, SOCK_STREAM, 0, -1)
      socket(AF_INET, SOCK_STREAM, 0, 'a')
    `,
  },
  {
    name: "shutdown() takes three numbers",
    tells: ["shutdown() ends both directions"],
    steps: `${connected}
      c.shutdown(3)
      c.shutdown('SHUT_WR')
      s.shutdown(SHUT_WR)
      s.getpeername()
      c.recv(1)
      c.send(text('abc'))
      s.recv(10)
    `,
    differs: {
      "c.shutdown(3)": { cpython: "OSError 22 EINVAL", ours: "RangeError", because: before },
    },
  },
];
