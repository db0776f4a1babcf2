/**
 * bind(), addresses in use, names of sockets, and how addresses are written.
 *
 * @module
 */
import { before, connected, connectedApart, nobody, paired, type Scenario } from "../scenario.ts";

/** The server has closed first, so it is the server's port that has a connection in TIME_WAIT. */
const timeWait = `${connectedApart}
  at = l.getsockname()
  s.close()
  c.recv(1)
  c.close()
  l.close()
`;

/** A Unix path has 107 bytes at most. */
const long = "x".repeat(108);

const callsFirst = "The call is made first, and waited for when it says so; CPython waits first";

export const addresses: Scenario[] = [
  {
    name: "A port that somebody listens on is in use, with and without SO_REUSEADDR",
    tells: ["errno is one more"],
    steps: `
      l = create_server(['127.0.0.1', 0])
      a = socket(AF_INET, SOCK_STREAM)
      a.bind(l.getsockname())
      a.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
      a.bind(l.getsockname())
      create_server(l.getsockname())
    `,
  },
  {
    name: "A port with a connection in TIME_WAIT is in use without SO_REUSEADDR, and free with it",
    tells: ["create_server() forgets SO_REUSEADDR"],
    steps: `${timeWait}
      a = socket(AF_INET, SOCK_STREAM)
      a.bind(at)
      a.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
      a.bind(at)
      a.listen()
      d = create_connection(at)
    `,
  },
  {
    name: "create_server() takes a port with a connection in TIME_WAIT",
    tells: ["create_server() forgets SO_REUSEADDR"],
    steps: `${timeWait}
      again = create_server(at)
      again.getsockopt(SOL_SOCKET, SO_REUSEADDR)
    `,
  },
  {
    name: "After a reset there is no TIME_WAIT",
    tells: ["close() does not close"],
    steps: `${connectedApart}
      at = l.getsockname()
      s.setsockopt(SOL_SOCKET, SO_LINGER, pack('ii', 1, 0))
      s.close()
      broken(c)
      l.close()
      a = socket(AF_INET, SOCK_STREAM)
      a.bind(at)
    `,
  },
  {
    name: "SO_REUSEPORT: all who say so may listen",
    tells: ["errno is one more"],
    steps: `
      a = create_server(['127.0.0.1', 0], {'reuse_port': true})
      b = create_server(a.getsockname(), {'reuse_port': true})
      c = create_server(a.getsockname())
      a.getsockopt(SOL_SOCKET, SO_REUSEPORT)
      b.getsockname()
    `,
  },
  {
    name: "bind() twice is EINVAL",
    tells: ["errno is one more"],
    steps: `${nobody}
      nobody.bind(['127.0.0.1', 0])
      nobody.getsockname()
    `,
  },
  {
    name: "bind() to an address that is not this machine's",
    tells: ["errno is one more"],
    steps: `
      a = socket(AF_INET, SOCK_STREAM)
      a.bind(['192.0.2.1', 0])
      a.bind(['127.0.0.1', 0])
      create_server(['192.0.2.1', 0])
    `,
  },
  {
    name: "bind() refuses an address that is none",
    tells: ["any value will do for an address"],
    steps: `
      a = socket(AF_INET, SOCK_STREAM)
      a.bind(['127.0.0.1', 65536])
      a.bind(['127.0.0.1', -1])
      a.bind(['127.0.0.1', '80'])
      a.bind(['127.0.0.1'])
      a.bind(['127.0.0.1', 0, 0])
      a.bind('127.0.0.1')
      a.bind(path('a'))
      a.bind([0, 0])
    `,
  },
  {
    name: "The host '' is this machine, and '<broadcast>' is every machine",
    tells: ["getpeername() gives one's own address"],
    steps: `
      l = create_server(['127.0.0.1', 0])
      c = socket(AF_INET, SOCK_STREAM)
      c.connect(['', l.getsockname()[1]])
      c.getpeername()
      a = socket(AF_INET, SOCK_DGRAM)
      a.sendto(text('a'), ['<broadcast>', 9])
      a.setsockopt(SOL_SOCKET, SO_BROADCAST, 1)
      a.connect(['<broadcast>', 9])
      a.getpeername()
      c.connect(['127.0.0.1\\0', 9])
    `,
  },
  {
    name: "A name that is bound: port 0 is any, the host '' is every interface",
    tells: ["a port is one more"],
    steps: `
      a = socket(AF_INET, SOCK_STREAM)
      a.getsockname()
      a.bind(['', 0])
      a.getsockname()
      b = socket(AF_INET, SOCK_STREAM)
      b.bind(['localhost', 0])
      b.getsockname()
      c = socket(AF_INET, SOCK_STREAM)
      c.bind(['127.1.2.3', 0])
      c.getsockname()
    `,
  },
  {
    // For this moment, and nowhere else here, there is a listener on every interface.
    name: "listen() binds by itself",
    tells: ["a port is one more"],
    steps: `
      a = socket(AF_INET, SOCK_STREAM)
      a.listen()
      a.getsockname()
      a.getsockopt(SOL_SOCKET, SO_ACCEPTCONN)
    `,
  },
  {
    name: "accept() on a socket that does not listen is EINVAL",
    tells: ["errno is one more"],
    steps: `${connected}
      nobody = socket(AF_INET, SOCK_STREAM)
      nobody.accept()
      nobody.bind(['127.0.0.1', 0])
      nobody.accept()
      c.setblocking(true)
      c.accept()
      l.recv(1)
      l.send(text('a'))
      l.connect(l.getsockname())
    `,
  },
  {
    name: "What cannot be waited for is told at once",
    tells: ["errno is one more"],
    steps: `${connected}
      c.settimeout(0.02)
      c.accept()
      c.recv(1, MSG_OOB)
    `,
    differs: {
      "c.accept()": { cpython: "TimeoutError", ours: "OSError 22 EINVAL", because: callsFirst },
      "c.recv(1, MSG_OOB)": {
        cpython: "TimeoutError",
        ours: "OSError 22 EINVAL",
        because: callsFirst,
      },
    },
  },
  {
    name: "The backlog may be small",
    tells: ["listen() lets one more wait"],
    steps: `
      a = socket(AF_INET, SOCK_STREAM)
      a.bind(['127.0.0.1', 0])
      a.listen(0)
      a.listen(7)
      a.listen(-1)
      a.listen('1')
      b = create_connection(a.getsockname())
      readable(a)
      a.accept()[1]
      a.listen(0)
      d = create_connection(a.getsockname())
      readable(a)
      e = socket(AF_INET, SOCK_STREAM)
      e.settimeout(0.05)
      e.connect(a.getsockname())
    `,
    differs: { "a.listen(-1)": { cpython: "nothing", ours: "RangeError", because: before } },
  },
  {
    name: "Both ends agree on their names",
    tells: ["getpeername() gives one's own address", "accept() gives the listener's address"],
    steps: `
      l = create_server(['127.0.0.1', 0])
      c = socket(AF_INET, SOCK_STREAM)
      c.getsockname()
      c.getpeername()
      c.connect(l.getsockname())
      pair = l.accept()
      s = pair[0]
      c.getsockname()
      s.getpeername()
      pair[1]
      c.getpeername()
      s.getsockname()
      l.getsockname()
      l.getpeername()
    `,
  },
  {
    name: "A client may choose its own address",
    tells: ["accept() gives the listener's address"],
    steps: `
      l = create_server(['127.0.0.1', 0])
      c = create_connection(l.getsockname(), {'source_address': ['127.0.0.2', 0]})
      s = l.accept()
      s[1]
      create_connection(l.getsockname(), {'source_address': ['192.0.2.1', 0]})
    `,
  },
  {
    name: "A Unix path is bound once, and stays until it is unlinked",
    tells: ["errno is one more", "a Unix path loses a byte"],
    steps: `
      a = socket(AF_UNIX, SOCK_STREAM)
      a.bind(path('once'))
      a.getsockname()
      b = socket(AF_UNIX, SOCK_STREAM)
      b.bind(path('once'))
      a.close()
      b.bind(path('once'))
      b.bind(path('no/such/folder'))
      b.bind(path('other'))
    `,
  },
  {
    name: "A conversation by a Unix path",
    tells: ["a Unix path loses a byte", "recv() loses a byte"],
    steps: `
      l = socket(AF_UNIX, SOCK_STREAM)
      l.bind(path('talk'))
      l.listen()
      c = socket(AF_UNIX, SOCK_STREAM)
      c.connect(path('talk'))
      pair = l.accept()
      s = pair[0]
      pair[1]
      c.getpeername()
      c.getsockname()
      s.getsockname()
      c.sendall(text('hello'))
      s.recv(100)
    `,
  },
  {
    name: "A Unix path that is too long",
    tells: ["a closed socket is ENOTCONN"],
    steps: `
      a = socket(AF_UNIX, SOCK_STREAM)
      a.bind('${long}')
      a.bind(['127.0.0.1', 0])
      a.close()
      a.bind(path('closed'))
    `,
    differs: {
      [`a.bind('${long}')`]: { cpython: "OSError", ours: "RangeError", because: before },
    },
  },
  {
    name: "An abstract Unix name goes with its socket",
    tells: ["an abstract name loses a byte", "errno is one more"],
    steps: `
      a = socket(AF_UNIX, SOCK_STREAM)
      a.bind(abstract('name'))
      a.listen()
      b = socket(AF_UNIX, SOCK_STREAM)
      b.bind(abstract('name'))
      b.connect(abstract('name'))
      size(a.getsockname()) - size(abstract('name'))
      a.getsockname() == abstract('name')
      a.close()
      c = socket(AF_UNIX, SOCK_STREAM)
      c.connect(abstract('name'))
      c.bind(abstract('name'))
    `,
    differs: {
      "a.getsockname() == abstract('name')": {
        cpython: "false",
        ours: "true",
        because:
          "A UnixAddress is text, also when it is no path; CPython takes text and gives bytes",
      },
    },
  },
  {
    name: "An empty Unix name is any abstract one, and nobody's",
    tells: ["an empty Unix name has a zero byte"],
    steps: `
      a = socket(AF_UNIX, SOCK_STREAM)
      a.bind('')
      size(a.getsockname())
      a.listen()
      b = socket(AF_UNIX, SOCK_STREAM)
      b.connect(a.getsockname())
      c = socket(AF_UNIX, SOCK_STREAM)
      c.connect('')
      c.connect_ex('')
    `,
  },
  {
    name: "A Unix socket without a name",
    tells: ["an option is one more"],
    steps: `${paired}
      a.getsockname()
      a.getpeername()
      a.getsockopt(SOL_SOCKET, SO_TYPE)
      c = socket(AF_UNIX, SOCK_STREAM)
      c.getsockname()
      c.getpeername()
    `,
  },
  {
    name: "IPv6 addresses have four parts",
    needs: "ipv6",
    tells: ["an IPv6 port is one more"],
    steps: `
      l = create_server(['::1', 0], {'family': AF_INET6})
      c = socket(AF_INET6, SOCK_STREAM)
      c.getsockname()
      c.connect(l.getsockname())
      c.getpeername()
      l.settimeout(2)
      l.accept()[1]
      l.getsockopt(IPPROTO_IPV6, IPV6_V6ONLY)
    `,
  },
  {
    name: "IPv4 clients of an IPv6 server have mapped addresses",
    needs: "ipv6",
    tells: ["a mapped address is no more than hex"],
    steps: `
      l = create_server(['::ffff:127.0.0.1', 0], {'family': AF_INET6, 'dualstack_ipv6': true})
      l.getsockname()
      c = create_connection(['127.0.0.1', l.getsockname()[1]])
      l.accept()[1]
      d = socket(AF_INET6, SOCK_STREAM)
      d.connect(['::ffff:127.0.0.1', l.getsockname()[1]])
      d.getpeername()
      l.getsockopt(IPPROTO_IPV6, IPV6_V6ONLY)
      create_server(['::ffff:127.0.0.1', 0], {'family': AF_INET6})
      e = socket(AF_INET6, SOCK_STREAM)
      e.bind(['', 0])
      e.getsockname()
    `,
  },
  {
    name: "IPv6 hosts as they are written: RFC 5952",
    tells: ["the first zeros are shortened", "a mapped address is no more than hex"],
    steps: [
      "2001:0DB8:0000:0000:0001:0000:0000:0001",
      "2001:db8:0:0:0:0:2:1",
      "2001:db8:0:1:1:1:1:1",
      "2001:0:0:1:0:0:0:1",
      "::",
      "::1",
      "1::",
      "0:0:1::",
      "1:0:0:2:3:0:0:0",
      "fe80::1",
      "::ffff:192.0.2.1",
      "::ffff:c000:201",
      "::192.0.2.1",
      "64:ff9b::192.0.2.33",
      "1:2:3:4:5:6:7:8",
      "ABCD:EF01:2345:6789:ABCD:EF01:2345:6789",
    ].map((host) => `getaddrinfo('${host}', 0, {'type': SOCK_STREAM})[0][4][0]`).join("\n"),
  },
  {
    name: "The scope of an IPv6 host is a number of its own",
    needs: "ipv6",
    tells: ["an IPv6 port is one more"],
    steps: `
      getaddrinfo('fe80::1%lo', 80, {'type': SOCK_STREAM})
      getaddrinfo('fe80::1%1', 80, {'type': SOCK_STREAM})
      getaddrinfo('fe80::1%no-such', 80, {'type': SOCK_STREAM})
      a = socket(AF_INET6, SOCK_DGRAM)
      a.connect(['fe80::1%lo', 9])
      a.connect(['fe80::1', 9, 0, 1])
      a.getpeername()
    `,
    differs: {
      "a.connect(['fe80::1%lo', 9])": {
        cpython: "OSError 22 EINVAL",
        ours: "OSError 101 ENETUNREACH",
        because: "The scope that a host names is taken: Inet6Address says so. CPython puts 0 there",
      },
    },
  },
  {
    name: "IPv6 hosts of a socket are written and read alike",
    needs: "ipv6",
    tells: ["an IPv6 port is one more"],
    steps: `
      a = socket(AF_INET6, SOCK_DGRAM)
      a.bind(['0:0:0:0:0:0:0:1', 0])
      a.getsockname()
      a.connect(['::0001', 9, 0, 0])
      a.getpeername()
      b = socket(AF_INET6, SOCK_DGRAM)
      b.bind(['2001:db8::1', 0])
      b.bind(['::1', 0, -1])
      b.bind(['::1', 0, 0, 0, 0])
      b.bind(['::1', 0, 1048576])
      b.bind(['1:2:3', 0])
    `,
  },
];
