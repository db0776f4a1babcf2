/**
 * send(), sendall(), recv(), recv_into() and their flags.
 *
 * @module
 */
import { before, connected, narrow, paired, type Scenario } from "../scenario.ts";

const noAddress = 'Where there is no address it is "", a UnixAddress: recvfrom() says so';

export const transfer: Scenario[] = [
  {
    name: "send() tells how many bytes it took",
    tells: ["send() loses a byte", "recv() loses a byte"],
    steps: `${connected}
      c.send(text('hello'))
      s.recv(100)
      c.send(zeros(0))
      c.send(hexed('00ff80'))
      s.recv(100)
    `,
  },
  {
    name: "A large text arrives whole",
    tells: ["sendall() loses a byte"],
    steps: `${connected}
      s.setblocking(false)
      c.setblocking(true)
      c.sendall(zeros(40000))
      c.sendall(zeros(7))
      c.shutdown(SHUT_WR)
      drain(s)
    `,
  },
  {
    name: "sendall() of nothing is well",
    tells: ["sendall() loses a byte"],
    steps: `${connected}
      c.sendall(zeros(0))
      c.sendall(text('a'))
      s.recv(10)
    `,
  },
  {
    name: "send() takes a part when there is no room for all",
    tells: ["send() loses a byte"],
    steps: `${paired}
      a.setblocking(false)
      sent = a.send(zeros(10000000))
      sent < 10000000
      0 < sent
      a.send(text('a'))
      a.close()
      drain(b) - sent
      c = socketpair()
      c[0].send(text('abc'))
    `,
  },
  {
    name: "send() of a full buffer, on a socket that does not wait",
    tells: ["EAGAIN has no class"],
    steps: `${narrow}
      c.setblocking(false)
      flood(c)
      c.sendall(zeros(1000000))
    `,
  },
  {
    name: "send() of a full buffer, within a time limit; then there is room again",
    tells: ["a time-out is EAGAIN", "send() loses a byte"],
    steps: `${narrow}
      c.settimeout(0.05)
      flood(c)
      first = s.recv(1000000)
      second = s.recv(1000000)
      c.settimeout(2)
      0 < c.send(zeros(1000000))
      d = create_connection(l.getsockname())
      d.send(text('abc'))
    `,
  },
  {
    name: "sendall() is too late, and part of it has gone",
    tells: ["a time-out is EAGAIN", "sendall() stops at the first piece"],
    steps: `${paired}
      a.settimeout(0.1)
      begun = now()
      a.sendall(zeros(3000000))
      now() - begun < 0.1
      a.close()
      0 < drain(b)
    `,
  },
  {
    name: "The kernel's own time limit is EAGAIN: SO_SNDTIMEO",
    tells: ["EAGAIN has no class"],
    steps: `${paired}
      a.setblocking(true)
      a.setsockopt(SOL_SOCKET, SO_SNDTIMEO, pack('@ll', 0, 50000))
      0 < a.send(zeros(10000000))
      a.send(text('a'))
      a.sendall(text('a'))
      a.getblocking()
    `,
  },
  {
    name: "The kernel's own time limit is EAGAIN: SO_RCVTIMEO",
    tells: ["EAGAIN has no class"],
    steps: `${connected}
      s.setblocking(true)
      s.setsockopt(SOL_SOCKET, SO_RCVTIMEO, pack('@ll', 0, 50000))
      s.recv(1)
      s.getsockopt(SOL_SOCKET, SO_RCVTIMEO, 16)
      c.send(text('late'))
      s.recv(10)
    `,
  },
  {
    name: "MSG_PEEK leaves the bytes where they are",
    tells: ["recv() forgets its flags"],
    steps: `${connected}
      c.sendall(text('abc'))
      arrived(s, 3)
      c.close()
      s.recv(2, MSG_PEEK)
      s.recv(100, MSG_PEEK)
      s.recv(2)
      s.recv(2)
    `,
  },
  {
    name: "MSG_WAITALL has what was asked for, or less at the end",
    tells: ["recv() loses a byte"],
    steps: `${connected}
      s.setblocking(true)
      c.sendall(text('abc'))
      c.sendall(text('def'))
      s.recv(6, MSG_WAITALL)
      c.sendall(text('xyz'))
      c.shutdown(SHUT_WR)
      s.recv(6, MSG_WAITALL)
      s.recv(6, MSG_WAITALL)
    `,
  },
  {
    name: "MSG_WAITALL gives what is there when the kernel's time is over",
    tells: ["recv() loses a byte"],
    steps: `${connected}
      s.setblocking(true)
      s.setsockopt(SOL_SOCKET, SO_RCVTIMEO, pack('@ll', 0, 50000))
      c.sendall(text('abc'))
      s.recv(6, MSG_WAITALL)
    `,
  },
  {
    name: "MSG_DONTWAIT does not wait, on a socket that does",
    tells: ["EAGAIN has no class"],
    steps: `${paired}
      a.setblocking(true)
      a.recv(1, MSG_DONTWAIT)
      a.recv_into(room(1), 1, MSG_DONTWAIT)
      a.recvfrom(1, MSG_DONTWAIT)
      fill(a)
      a.send(zeros(100000), MSG_DONTWAIT)
    `,
  },
  {
    name: "MSG_DONTWAIT does not wait, on a socket with a time limit",
    tells: ["EAGAIN has no class"],
    steps: `${paired}
      a.settimeout(0.05)
      a.recv(1, MSG_DONTWAIT)
      a.recv_into(room(1), 1, MSG_DONTWAIT)
    `,
    differs: {
      "a.recv(1, MSG_DONTWAIT)": {
        cpython: "TimeoutError",
        ours: "BlockingIOError 11 EAGAIN",
        because: "The flag says not to wait, this time; CPython waits for the time limit first",
      },
      "a.recv_into(room(1), 1, MSG_DONTWAIT)": {
        cpython: "TimeoutError",
        ours: "BlockingIOError 11 EAGAIN",
        because: "The flag says not to wait, this time; CPython waits for the time limit first",
      },
    },
  },
  {
    name: "MSG_OOB: the urgent byte goes by itself",
    tells: ["recv() forgets its flags"],
    steps: `${connected}
      c.send(text('ab!'), MSG_OOB)
      arrived(s, 2)
      s.recv(1, MSG_OOB)
      s.recv(100)
    `,
  },
  {
    name: "recv_into() fills memory from its beginning",
    tells: ["recv_into() tells of one byte less"],
    steps: `${connected}
      bytes = room(5)
      c.sendall(text('abc'))
      s.recv_into(bytes)
      bytes
      c.sendall(text('defgh'))
      s.recv_into(bytes, 2)
      bytes
      s.recv_into(bytes, 0)
      bytes
      c.close()
      s.recv_into(bytes)
      s.recv_into(bytes, 6)
      s.recv_into(bytes, -1)
    `,
  },
  {
    name: "recv() of no bytes waits for none",
    tells: ["recv() of none waits"],
    steps: `${connected}
      s.settimeout(0.05)
      s.recv(0)
      s.recv_into(room(0))
    `,
  },
  {
    name: "recv_into() memory of no bytes, and recv() of none, take nothing",
    tells: ["recv() loses a byte"],
    steps: `${connected}
      c.sendall(text('abc'))
      arrived(s, 3)
      s.recv(0)
      s.recv_into(room(0))
      s.recv(3)
    `,
  },
  {
    name: "recvfrom() of a stream",
    tells: ["recv() loses a byte"],
    steps: `${connected}
      c.sendall(text('abc'))
      s.recvfrom(10)
      c.close()
      s.recvfrom(11)
    `,
    differs: {
      "s.recvfrom(10)": {
        cpython: '[bytes "abc", nothing]',
        ours: '[bytes "abc", ""]',
        because: noAddress,
      },
      "s.recvfrom(11)": {
        cpython: "[no bytes, nothing]",
        ours: '[no bytes, ""]',
        because: noAddress,
      },
    },
  },
  {
    name: "Arguments that cannot be right",
    tells: ["a closed socket is ENOTCONN"],
    steps: `${connected}
      c.send('text')
      c.sendall('text')
      c.recv(-1)
      c.recvfrom(-1)
      c.recv('1')
      c.recv(1.5)
      c.close()
      c.recv(1)
    `,
    differs: {
      "c.recv(1.5)": { cpython: "TypeError", ours: "RangeError", because: before },
    },
  },
  {
    name: "Receiving and sending without a connection is ENOTCONN",
    tells: ["errno is one more", "EPIPE has no class"],
    steps: `
      c = socket(AF_INET, SOCK_STREAM)
      c.recv(1)
      c.send(text('a'))
      c.sendall(text('a'))
      c.recv_into(room(1))
      c.recvfrom(1)
      c.shutdown(SHUT_WR)
      c.getpeername()
    `,
  },
];
