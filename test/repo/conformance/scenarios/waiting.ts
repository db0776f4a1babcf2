/**
 * Sockets that do not wait, and sockets that wait for a time.
 *
 * @module
 */
import { connected, datagram, full, paired, type Scenario } from "../scenario.ts";

export const waiting: Scenario[] = [
  {
    name: "Nothing is there: EAGAIN from each call that receives",
    tells: ["EAGAIN has no class", "errno is one more"],
    steps: `${connected}
      s.setblocking(false)
      l.setblocking(false)
      l.accept()
      s.recv(1)
      s.recv_into(room(1))
      s.recvfrom(1)
      s.recv(1, MSG_PEEK)
    `,
  },
  {
    name: "Nothing is there: EAGAIN from each call that receives a datagram",
    tells: ["EAGAIN has no class"],
    steps: `${datagram}
      a.setblocking(false)
      a.recv(1)
      a.recv_into(room(1))
      a.recvfrom(1)
    `,
  },
  {
    name: "No room: EAGAIN from each call that sends a datagram",
    tells: ["EAGAIN has no class"],
    steps: `
      a = socket(AF_UNIX, SOCK_DGRAM)
      b = socket(AF_UNIX, SOCK_DGRAM)
      b.bind(path('b'))
      a.connect(path('b'))
      fill(a)
      a.setblocking(false)
      a.send(text('a'))
      a.sendall(text('a'))
      c = socket(AF_UNIX, SOCK_DGRAM)
      c.setblocking(false)
      c.sendto(text('a'), path('b'))
    `,
  },
  {
    name: "accept() is too late, and then a client comes",
    tells: ["a time-out is EAGAIN", "accept() gives the listener's address"],
    steps: `
      l = create_server(['127.0.0.1', 0])
      l.settimeout(0.05)
      l.accept()
      c = create_connection(l.getsockname())
      pair = l.accept()
      pair[1]
      s = pair[0]
      s.gettimeout()
      c.send(text('abc'))
      s.recv(10)
    `,
  },
  {
    name: "recv() is too late, and then bytes come",
    tells: ["a time-out is EAGAIN", "recv() loses a byte"],
    steps: `${connected}
      s.settimeout(0.2)
      begun = now()
      s.recv(1)
      now() - begun < 0.2
      now() - begun < 5
      s.recv_into(room(1))
      s.recvfrom(1)
      c.send(text('late'))
      s.recv(10)
    `,
  },
  {
    name: "recvfrom() is too late, and then a datagram comes",
    tells: ["a time-out is EAGAIN", "recvfrom() gives one's own address"],
    steps: `${datagram}
      b.settimeout(0.05)
      b.recvfrom(10)
      a.sendto(text('late'), b.getsockname())
      b.recvfrom(10)
    `,
  },
  {
    // It comes by itself: the kernel sends a SYN again after a second.
    name: "A time limit is in seconds: what comes after one is in time",
    tells: ["a second has one ms"],
    steps: `${full}
      c = socket(AF_INET, SOCK_STREAM)
      c.settimeout(0.01)
      c.connect(l.getsockname())
      s = l.accept()[0]
      c.settimeout(10)
      c.send(text('a'))
    `,
  },
  {
    name: "A time limit of 0 is not to wait, and a small one is a time limit",
    tells: ["EAGAIN has no class", "a time-out is EAGAIN"],
    steps: `${paired}
      a.settimeout(0)
      a.recv(1)
      a.settimeout(0.0)
      a.getblocking()
      a.settimeout(0.000001)
      a.recv(1)
      a.settimeout(0.001)
      a.recv(1)
    `,
  },
  {
    name: "getblocking() and gettimeout() tell what was said",
    tells: ["getblocking() knows no time limit"],
    steps: `
      a = socket(AF_INET, SOCK_STREAM)
      a.getblocking()
      a.gettimeout()
      a.setblocking(false)
      a.getblocking()
      a.gettimeout()
      a.settimeout(1.5)
      a.getblocking()
      a.gettimeout()
      a.settimeout(null)
      a.getblocking()
      a.gettimeout()
      a.setblocking(true)
      a.gettimeout()
    `,
  },
  {
    name: "settimeout() refuses what is no time",
    tells: ["getblocking() knows no time limit"],
    steps: `
      a = socket(AF_INET, SOCK_STREAM)
      a.settimeout(-1)
      a.settimeout('1')
      a.gettimeout()
      a.settimeout(2)
      a.settimeout(-0.5)
      a.gettimeout()
      a.getblocking()
    `,
  },
  {
    name: "An accepted socket waits, whatever its listener does",
    tells: ["getblocking() knows no time limit", "EAGAIN has no class"],
    steps: `
      l = create_server(['127.0.0.1', 0])
      l.setblocking(false)
      c = create_connection(l.getsockname())
      readable(l)
      s = l.accept()[0]
      s.getblocking()
      s.gettimeout()
      l.settimeout(2)
      l.getblocking()
      d = create_connection(l.getsockname())
      t = l.accept()[0]
      t.gettimeout()
      l.setblocking(false)
      l.accept()
    `,
  },
  {
    name: "A time limit leaves a call alone that need not wait",
    tells: ["send() loses a byte", "recv() loses a byte"],
    steps: `${paired}
      a.settimeout(0.01)
      a.send(text('abc'))
      b.settimeout(0.01)
      b.recv(10)
      b.setblocking(true)
      a.send(text('abc'))
      b.recv(10)
    `,
  },
];
