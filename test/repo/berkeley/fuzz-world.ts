/**
 * Sockets in every state that a call may find them in, made when they are first asked for.
 *
 * @module
 */
import {
  AF_INET,
  AF_INET6,
  AF_UNIX,
  create_server,
  SO_LINGER,
  SO_RCVTIMEO,
  SO_SNDTIMEO,
  SOCK_DGRAM,
  SOCK_STREAM,
  Socket,
  socket,
  socketpair,
  SOL_SOCKET,
} from "#berkeley/socket.ts";
import { SHUT_WR } from "#berkeley/socket.ts";
import { Epoll, epoll, poll } from "#berkeley/select.ts";
import {
  EpollSelector,
  EVENT_READ,
  PollSelector,
  Selector,
  SelectSelector,
} from "#berkeley/selectors.ts";
import { pack } from "#berkeley/struct.ts";

/** How long a socket of the fuzzer waits, in seconds. */
export const patience = 0.002;

const loopback: [string, number] = ["127.0.0.1", 0];

/** What a call can be made on. */
export const states = {
  fresh: (world: World) => world.own(socket(AF_INET, SOCK_STREAM)),
  fresh6: (world: World) => world.own(socket(AF_INET6, SOCK_STREAM)),
  freshUnix: (world: World) => world.own(socket(AF_UNIX, SOCK_STREAM)),
  closed: (world: World) => {
    const it = world.own(socket(AF_INET, SOCK_STREAM));
    it.close();
    return it;
  },
  bound: (world: World) => {
    const it = world.own(socket(AF_INET, SOCK_STREAM));
    it.bind(loopback);
    return it;
  },
  listening: (world: World) => {
    const it = world.own(create_server(loopback));
    const client = world.own(socket(AF_INET, SOCK_STREAM));
    client.connect(it.getsockname());
    return it;
  },
  connected: (world: World) => {
    const it = world.pair()[0];
    it.settimeout(patience);
    return it;
  },
  answered: (world: World) => {
    const [it, peer] = world.pair();
    peer.send(new Uint8Array(3000).fill(65));
    return it;
  },
  halfClosed: (world: World) => {
    const it = world.pair()[0];
    it.shutdown(SHUT_WR);
    return it;
  },
  left: (world: World) => {
    const [it, peer] = world.pair();
    peer.close();
    return it;
  },
  reset: (world: World) => {
    const [it, peer] = world.pair();
    peer.setsockopt(SOL_SOCKET, SO_LINGER, pack("@ii", 1, 0));
    peer.close();
    return it;
  },
  nonBlocking: (world: World) => {
    const it = world.pair()[0];
    it.setblocking(false);
    return it;
  },
  /** Waits within the kernel, which has a limit of its own. */
  blocking: (world: World) => {
    const it = world.pair()[0];
    for (const option of [SO_RCVTIMEO, SO_SNDTIMEO]) {
      it.setsockopt(SOL_SOCKET, option, pack("@qq", 0, 2000));
    }
    it.settimeout(null);
    return it;
  },
  connecting: (world: World) => {
    const listener = create_server(loopback, { backlog: 0 });
    world.own(listener);
    const it = world.own(socket(AF_INET, SOCK_STREAM));
    it.setblocking(false);
    it.connect_ex(listener.getsockname());
    return it;
  },
  packets: (world: World) => {
    const it = world.own(socket(AF_INET, SOCK_DGRAM));
    it.bind(loopback);
    it.sendto(new Uint8Array(100), it.getsockname());
    return it;
  },
  connectedPackets: (world: World) => {
    const it = world.own(socket(AF_INET, SOCK_DGRAM));
    it.connect(["127.0.0.1", 9]);
    return it;
  },
  unixPair: (world: World) => {
    const [it, peer] = socketpair().map((it) => world.own(it));
    peer!.send(new Uint8Array(10));
    return it!;
  },
  unixPackets: (world: World) => socketpair(AF_UNIX, SOCK_DGRAM).map((it) => world.own(it))[0]!,
} satisfies Record<string, (world: World) => Socket>;

/** The sockets, and everything else that is open, of one sequence of calls. */
export class World implements Disposable {
  readonly #open = new Set<Disposable>();
  readonly #made = new Map<string, Socket>();
  readonly #detached: number[] = [];

  /** Takes care that something is closed. */
  own<T extends Disposable>(it: T): T {
    this.#open.add(it);
    if (it instanceof Socket) it.settimeout(patience);
    return it;
  }

  /** Takes care of a descriptor that nobody owns. */
  keep(fd: number): void {
    this.#detached.push(fd);
  }

  /** Lets go of a second owner of a descriptor. */
  release(it: Socket): void {
    this.#open.add({ [Symbol.dispose]: () => void (it.fileno() >= 0 && it.detach()) });
  }

  /** The socket in a state: the same one in one sequence. */
  socketIn(state: keyof typeof states): Socket {
    const it = this.#made.get(state) ?? states[state](this);
    this.#made.set(state, it);
    return it;
  }

  /** Both ends of a TCP connection. */
  pair(): [Socket, Socket] {
    const listener = this.own(create_server(loopback));
    const client = this.own(socket(AF_INET, SOCK_STREAM));
    client.connect(listener.getsockname());
    const server = this.own(listener.accept()[0]);
    listener.close();
    return [client, server];
  }

  /** A set of descriptors of epoll(), which has one in it. */
  readonly epoll: Epoll = this.own(epoll());
  /** A list of descriptors of poll(), which has one in it. */
  readonly poll = poll();
  /** Selectors of every kind. */
  readonly selectors: Selector[] = [
    this.own(new SelectSelector()),
    this.own(new PollSelector()),
    this.own(new EpollSelector()),
  ];

  /** Has all lists know of one socket. */
  register(): void {
    const it = this.socketIn("connected");
    this.epoll.register(it);
    this.poll.register(it);
    for (const selector of this.selectors) selector.register(it, EVENT_READ, "data");
  }

  /** The descriptors of all sockets. */
  *fds(): Generator<number> {
    for (const it of this.#open) if (it instanceof Socket) yield it.fileno();
  }

  /** Whether a descriptor is one of those that the fuzzer has opened. */
  owns(fd: number): boolean {
    return [...this.fds()].includes(fd);
  }

  [Symbol.dispose](): void {
    for (const it of [...this.#open].reverse()) it[Symbol.dispose]();
    // A closed socket has no descriptor to let go of.
    for (const fd of this.#detached.filter((it) => it >= 0)) {
      new Socket(fd, AF_UNIX, SOCK_STREAM).close();
    }
  }
}
