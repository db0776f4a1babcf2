/**
 * UDP, and datagrams within this machine.
 *
 * @module
 */
import { datagram, type Scenario } from "../scenario.ts";

export const datagrams: Scenario[] = [
  {
    name: "A datagram and its sender's address",
    tells: ["sendto() loses a byte", "recvfrom() gives one's own address"],
    steps: `${datagram}
      a.sendto(text('hello'), b.getsockname())
      b.recvfrom(100)
    `,
  },
  {
    name: "A datagram of no bytes is a datagram",
    tells: ["sendto() loses a byte", "recv() loses a byte"],
    steps: `${datagram}
      a.sendto(zeros(0), b.getsockname())
      a.sendto(text('a'), b.getsockname())
      b.recvfrom(100)
      b.recv(100)
    `,
  },
  {
    name: "A datagram keeps its borders, and what does not fit is lost",
    tells: ["sendto() loses a byte", "recv() loses a byte"],
    steps: `${datagram}
      a.sendto(text('abcdef'), b.getsockname())
      a.sendto(text('ghi'), b.getsockname())
      b.recv(3)
      b.recv(100)
      a.sendto(text('abcdef'), b.getsockname())
      b.recv_into(room(4))
    `,
  },
  {
    name: "recv_into() of a datagram with MSG_TRUNC has its whole length",
    tells: ["recv() forgets its flags"],
    steps: `${datagram}
      a.sendto(text('abcdef'), b.getsockname())
      arrived(b, 6)
      b.recv_into(room(4), 4, MSG_TRUNC)
    `,
  },
  {
    name: "MSG_PEEK of a datagram, with its address",
    tells: ["recv() loses a byte", "recvfrom() gives one's own address"],
    steps: `${datagram}
      a.sendto(text('abc'), b.getsockname())
      b.recvfrom(2, MSG_PEEK)
      b.recvfrom(100)
    `,
  },
  {
    name: "A connected UDP socket hears its peer alone",
    tells: ["send() loses a byte", "getpeername() gives one's own address"],
    steps: `${datagram}
      c = socket(AF_INET, SOCK_DGRAM)
      c.bind(['127.0.0.1', 0])
      a.connect(b.getsockname())
      a.getpeername()
      c.sendto(text('stranger'), a.getsockname())
      b.sendto(text('peer'), a.getsockname())
      a.recv(100)
      a.send(text('hello'))
      b.recvfrom(100)
      a.sendto(text('to c'), c.getsockname())
      c.settimeout(2)
      c.recvfrom(100)
      a.connect(c.getsockname())
      a.getpeername()
    `,
  },
  {
    name: "A connected UDP socket is told that nobody is there, by the next call",
    tells: ["refused is reset"],
    steps: `
      nobody = socket(AF_INET, SOCK_DGRAM)
      nobody.bind([host, 0])
      a = socket(AF_INET, SOCK_DGRAM)
      a.settimeout(2)
      a.connect(nobody.getsockname())
      nobody.close()
      a.send(text('a'))
      broken(a)
      a.recv(1)
      a.send(text('a'))
      broken(a)
      a.send(text('a'))
    `,
  },
  {
    name: "A UDP socket that is not connected is told nothing",
    tells: ["sendto() loses a byte"],
    steps: `${datagram}
      to = b.getsockname()
      b.close()
      a.sendto(text('a'), to)
      a.sendto(text('a'), to)
      a.getsockopt(SOL_SOCKET, SO_ERROR)
      a.settimeout(0.02)
      a.recv(1)
    `,
  },
  {
    name: "A datagram that is too large is EMSGSIZE",
    tells: ["errno is one more", "sendto() loses a byte"],
    steps: `${datagram}
      a.sendto(zeros(65507), b.getsockname())
      a.sendto(zeros(65508), b.getsockname())
      a.connect(b.getsockname())
      a.send(zeros(65508))
      a.sendall(zeros(65508))
      b.recv(70000)
    `,
  },
  {
    name: "A datagram that goes nowhere",
    tells: ["errno is one more"],
    steps: `
      a = socket(AF_INET, SOCK_DGRAM)
      a.send(text('a'))
      a.sendto(text('a'), ['127.0.0.1', 0])
      a.sendto(text('a'), ['255.255.255.255', 9])
      a.getpeername()
      a.shutdown(SHUT_WR)
    `,
  },
  {
    name: "sendto() refuses an address that is none",
    tells: ["any value will do for an address"],
    steps: `
      a = socket(AF_INET, SOCK_DGRAM)
      a.sendto(text('a'), ['127.0.0.1', 65536])
      a.sendto(text('a'), ['127.0.0.1', -1])
      a.sendto(text('a'), ['127.0.0.1', '9'])
      a.sendto(text('a'), ['127.0.0.1'])
      a.sendto(text('a'), '127.0.0.1')
      a.sendto('text', ['127.0.0.1', 9])
    `,
  },
  {
    name: "A datagram has an address once it has been sent",
    tells: ["recvfrom() gives one's own address"],
    steps: `${datagram}
      c = socket(AF_INET, SOCK_DGRAM)
      c.getsockname()
      c.sendto(text('a'), b.getsockname())
      b.recvfrom(100)
      c.connect(b.getsockname())
      c.getsockname()
    `,
  },
  {
    name: "A pair of datagram sockets",
    tells: ["a socketpair is of streams"],
    steps: `
      pair = socketpair(AF_UNIX, SOCK_DGRAM)
      a = pair[0]
      b = pair[1]
      b.settimeout(2)
      a.send(text('abc'))
      a.send(text('def'))
      b.recv(100)
      b.recv(100)
      a.close()
      b.settimeout(0.01)
      b.recv(1)
      b.send(text('a'))
    `,
  },
  {
    name: "Datagrams between paths",
    tells: ["a Unix path loses a byte", "sendto() loses a byte"],
    steps: `
      a = socket(AF_UNIX, SOCK_DGRAM)
      b = socket(AF_UNIX, SOCK_DGRAM)
      a.bind(path('da'))
      b.bind(path('db'))
      a.sendto(text('hello'), path('db'))
      b.recvfrom(100)
      a.sendto(text('hello'), path('missing'))
      b.close()
      a.sendto(text('hello'), path('db'))
    `,
  },
  {
    name: "listen() and accept() are not for datagrams",
    tells: ["errno is one more"],
    steps: `
      a = socket(AF_INET, SOCK_DGRAM)
      a.bind(['127.0.0.1', 0])
      a.listen()
      a.accept()
      b = socket(AF_UNIX, SOCK_DGRAM)
      b.bind(path('listening'))
      b.listen()
    `,
  },
];
