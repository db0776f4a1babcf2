/**
 * The end of a connection: half-close in every order, and resets.
 *
 * @module
 */
import { connected, paired, type Scenario } from "../scenario.ts";

/** Both ends have what the other has sent; then the client resets. */
const reset = `${connected}
  c.setsockopt(SOL_SOCKET, SO_LINGER, pack('ii', 1, 0))
  c.close()
  broken(s)
`;

export const close: Scenario[] = [
  {
    name: "The client half-closes, and the server still answers",
    tells: ["shutdown() ends both directions", "recv() loses a byte"],
    steps: `${connected}
      c.sendall(text('request'))
      c.shutdown(SHUT_WR)
      s.recv(100)
      s.recv(100)
      s.recv(100)
      s.sendall(text('reply'))
      s.close()
      c.recv(100)
      c.recv(100)
    `,
  },
  {
    name: "The server half-closes, and the client still sends",
    tells: ["shutdown() ends both directions", "sendall() loses a byte"],
    steps: `${connected}
      s.sendall(text('greeting'))
      s.shutdown(SHUT_WR)
      c.recv(100)
      c.recv(100)
      c.sendall(text('more'))
      c.close()
      s.recv(100)
      s.recv(100)
    `,
  },
  {
    name: "Both half-close: both have read to the end",
    tells: ["errno is one more", "EPIPE has no class"],
    steps: `${connected}
      c.shutdown(SHUT_WR)
      s.shutdown(SHUT_WR)
      c.recv(1)
      s.recv(1)
      c.send(text('a'))
      s.send(text('a'))
      c.shutdown(SHUT_RDWR)
      c.getpeername()
    `,
  },
  {
    name: "Sending after one's own FIN is a broken pipe",
    tells: ["EPIPE has no class"],
    steps: `${connected}
      c.shutdown(SHUT_WR)
      c.send(text('a'))
      c.sendall(text('a'))
      c.getsockopt(SOL_SOCKET, SO_ERROR)
    `,
  },
  {
    name: "Half-close twice is well; once the connection is over it is ENOTCONN",
    tells: ["errno is one more"],
    steps: `${connected}
      c.shutdown(SHUT_WR)
      c.shutdown(SHUT_WR)
      c.shutdown(SHUT_RD)
      s.close()
      broken(c)
      c.shutdown(SHUT_RDWR)
    `,
  },
  {
    name: "SHUT_RD sends nothing: what still comes can be read",
    tells: ["shutdown() ends both directions", "recv() loses a byte"],
    steps: `${connected}
      s.shutdown(SHUT_RD)
      s.recv(1)
      c.send(text('abc'))
      arrived(s, 3)
      s.recv(100)
      s.recv(100)
      s.send(text('still here'))
      c.recv(100)
    `,
  },
  {
    name: "Data before the FIN is read before the end, by pieces",
    tells: ["recv() loses a byte"],
    steps: `${connected}
      c.sendall(text('abcdefg'))
      c.close()
      s.recv(3)
      s.recv(3)
      s.recv(3)
      s.recv(3)
    `,
  },
  {
    name: "Sending to a peer that is gone: well once, then a broken pipe",
    tells: ["EPIPE has no class"],
    steps: `${connected}
      c.close()
      readable(s)
      s.send(text('first'))
      broken(s)
      s.send(text('second'))
      s.recv(1)
    `,
  },
  {
    name: "A reset is met by recv(), once; then it is the end",
    tells: ["reset is a broken pipe"],
    steps: `${reset}
      s.recv(1)
      s.recv(1)
      s.getsockopt(SOL_SOCKET, SO_ERROR)
    `,
  },
  {
    name: "A reset is met by send()",
    tells: ["reset is a broken pipe", "EPIPE has no class"],
    steps: `${reset}
      s.send(text('a'))
      s.send(text('a'))
    `,
  },
  {
    name: "A reset is met by sendall() and recv_into()",
    tells: ["reset is a broken pipe"],
    steps: `${reset}
      s.recv_into(room(4))
      s.sendall(text('a'))
    `,
  },
  {
    name: "A reset is told by SO_ERROR, once",
    tells: ["an option is one more"],
    steps: `${reset}
      s.getsockopt(SOL_SOCKET, SO_ERROR)
      s.getsockopt(SOL_SOCKET, SO_ERROR)
      s.recv(1)
    `,
  },
  {
    name: "After a reset there is no peer, and there is an address of one's own",
    tells: ["errno is one more"],
    steps: `${reset}
      s.getpeername()
      s.getsockname()
      s.shutdown(SHUT_WR)
    `,
  },
  {
    name: "Bytes that came before a reset are read before it: Linux keeps them",
    tells: ["reset is a broken pipe"],
    steps: `${connected}
      c.sendall(text('kept'))
      arrived(s, 4)
      c.setsockopt(SOL_SOCKET, SO_LINGER, pack('ii', 1, 0))
      c.close()
      broken(s)
      s.recv(100)
      s.recv(100)
    `,
  },
  {
    name: "close() with bytes unread is a reset",
    tells: ["close() does not close", "reset is a broken pipe"],
    steps: `${connected}
      c.sendall(text('unread'))
      arrived(s, 6)
      s.close()
      broken(c)
      c.recv(1)
    `,
  },
  {
    name: "A Unix pair: the end, and a broken pipe",
    tells: ["EPIPE has no class"],
    steps: `${paired}
      a.sendall(text('last words'))
      a.close()
      b.recv(100)
      b.recv(100)
      b.send(text('a'))
    `,
  },
  {
    name: "A Unix pair closed with bytes unread is a reset",
    tells: ["reset is a broken pipe"],
    steps: `${paired}
      a.sendall(text('unread'))
      b.close()
      a.recv(1)
      a.recv(1)
    `,
  },
];
