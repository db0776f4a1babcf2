/**
 * Names of hosts and services, create_server() and create_connection(), byte order.
 *
 * @module
 */
import { before, connected, full, nobody, type Scenario } from "../scenario.ts";

export const names: Scenario[] = [
  {
    name: "getaddrinfo() of numbers",
    tells: ["a port is one more", "an IPv6 port is one more"],
    steps: `
      getaddrinfo('127.0.0.1', 80, {'type': SOCK_STREAM})
      getaddrinfo('::1', 80, {'type': SOCK_STREAM})
      getaddrinfo('127.0.0.1', 80)
      getaddrinfo('127.0.0.1', '80', {'type': SOCK_DGRAM})
      getaddrinfo('127.0.0.1', null, {'proto': IPPROTO_TCP})
      getaddrinfo('127.1', 80, {'type': SOCK_STREAM})
      getaddrinfo('0x7f000001', 80, {'type': SOCK_STREAM})
    `,
  },
  {
    name: "getaddrinfo() of this machine: AI_PASSIVE",
    tells: ["getaddrinfo() forgets its hints"],
    steps: `
      getaddrinfo(null, 80, {'family': AF_INET, 'type': SOCK_STREAM})
      getaddrinfo(null, 80, {'family': AF_INET, 'type': SOCK_STREAM, 'flags': AI_PASSIVE})
      getaddrinfo(null, 80, {'family': AF_INET6, 'type': SOCK_STREAM, 'flags': AI_PASSIVE})
    `,
  },
  {
    name: "getaddrinfo() of the names of services",
    tells: ["names know no EAI_SERVICE", "errno is one more"],
    steps: `
      getaddrinfo('127.0.0.1', 'http', {'type': SOCK_STREAM})
      getaddrinfo('127.0.0.1', 'no-such-service', {'type': SOCK_STREAM})
      getaddrinfo('127.0.0.1', 'http', {'flags': AI_NUMERICSERV})
      nobody = socket(AF_INET, SOCK_STREAM)
      nobody.getpeername()
    `,
  },
  {
    name: "getaddrinfo() of a name, where a number is wanted",
    tells: ["names know no EAI_NONAME", "getaddrinfo() forgets its hints"],
    steps: `
      getaddrinfo('localhost', 80, {'flags': AI_NUMERICHOST})
      getaddrinfo('127.0.0.1', 80, {'flags': AI_NUMERICHOST, 'type': SOCK_STREAM})
      getaddrinfo(null, null)
      getaddrinfo('127.0.0.1', 80, {'flags': AI_CANONNAME, 'type': SOCK_STREAM})
    `,
  },
  {
    name: "getaddrinfo() of nothing that there is",
    tells: ["a port is one more"],
    steps: `
      getaddrinfo('127.0.0.1', 80, {'family': AF_INET6})
      getaddrinfo('::1', 80, {'family': AF_INET})
      getaddrinfo('127.0.0.1', 80, {'family': 9999})
      getaddrinfo('127.0.0.1', 80, {'type': 9999})
      getaddrinfo('127.0.0.1', 80, {'type': SOCK_DGRAM})
    `,
  },
  {
    name: "getaddrinfo() refuses what is no host and no port",
    tells: ["names know no EAI_NONAME"],
    steps: `
      getaddrinfo('127.0.0.1', 65536, {'type': SOCK_STREAM})
      getaddrinfo('127.0.0.1', -1, {'type': SOCK_STREAM})
      getaddrinfo(1, 80)
      getaddrinfo('1.2.3.4.5', 80, {'flags': AI_NUMERICHOST})
      getaddrinfo('::g', 80, {'flags': AI_NUMERICHOST})
    `,
    differs: {
      "getaddrinfo('127.0.0.1', 65536, {'type': SOCK_STREAM})": {
        cpython: '[[2, 1, 6, "", ["127.0.0.1", 0]]]',
        ours: "RangeError",
        because: before,
      },
      "getaddrinfo('127.0.0.1', -1, {'type': SOCK_STREAM})": {
        cpython: "gaierror -8 EAI_SERVICE",
        ours: "RangeError",
        because: before,
      },
    },
  },
  {
    name: "A name that no host can have",
    tells: ["names know no EAI_NONAME"],
    steps: `
      getaddrinfo('no such host', 80)
      create_connection(['no such host', 80])
      a = socket(AF_INET, SOCK_STREAM)
      a.connect(['no such host', 80])
      a.connect_ex(['no such host', 80])
      a.bind(['no such host', 80])
    `,
  },
  {
    name: "getaddrinfo() of 'localhost'",
    tells: ["a port is one more"],
    steps: `
      getaddrinfo('localhost', 80, {'family': AF_INET, 'type': SOCK_STREAM})
    `,
  },
  {
    name: "create_connection() by a name",
    tells: ["getpeername() gives one's own address", "recv() loses a byte"],
    steps: `
      l = create_server(['127.0.0.1', 0])
      c = create_connection(['localhost', l.getsockname()[1]])
      c.getpeername()
      c.gettimeout()
      s = l.accept()[0]
      c.sendall(text('abc'))
      s.recv(10)
    `,
  },
  {
    name: "create_connection() is refused",
    tells: ["refused is reset"],
    steps: `${nobody}
      create_connection(nobody.getsockname())
      create_connection(nobody.getsockname(), {'all_errors': true})
      create_connection(nobody.getsockname(), {'timeout': 5})
    `,
  },
  {
    name: "create_connection() throws the error of an address",
    tells: ["create_connection() throws all errors"],
    steps: `${nobody}
      create_connection(nobody.getsockname())
    `,
  },
  {
    name: "create_connection() is too late",
    tells: ["a time-out is EAGAIN"],
    steps: `${full}
      create_connection(l.getsockname(), {'timeout': 0.05})
      create_connection(l.getsockname(), {'timeout': 0.05, 'all_errors': true})
    `,
  },
  {
    name: "create_connection() leaves the time limit with the socket",
    tells: ["create_connection() has no time limit"],
    steps: `
      l = create_server(['127.0.0.1', 0])
      c = create_connection(l.getsockname(), {'timeout': 1.5})
      c.gettimeout()
      d = create_connection(l.getsockname(), {'timeout': null})
      d.gettimeout()
    `,
  },
  {
    name: "create_server() listens, and waits",
    tells: ["an option is one more"],
    steps: `${connected}
      l.getsockopt(SOL_SOCKET, SO_ACCEPTCONN)
      l.getsockopt(SOL_SOCKET, SO_REUSEADDR)
      l.getsockopt(SOL_SOCKET, SO_REUSEPORT)
      l.gettimeout()
      s.getsockname()
    `,
  },
  {
    name: "Numbers in network byte order",
    tells: ["16 bits stay as they are", "32 bits stay as they are"],
    steps: `
      htons(1)
      htons(65535)
      htons(80)
      ntohs(20480)
      ntohs(htons(1234))
      htonl(1)
      htonl(4294967295)
      htonl(2130706433)
      ntohl(16777343)
      ntohl(htonl(123456789))
    `,
  },
  {
    name: "Numbers that are too large for network byte order",
    tells: ["16 bits stay as they are"],
    steps: `
      htons(65536)
      htons(-1)
      ntohs(65536)
      ntohs(-1)
      htonl(4294967296)
      htonl(-1)
      ntohl(4294967296)
      ntohl(-1)
      htons('1')
      htonl('1')
      htons(256)
    `,
  },
];
