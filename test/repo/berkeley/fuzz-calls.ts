/**
 * Every entry point of the library, with arguments that it expects.
 *
 * @module
 */
import fc from "fast-check";
import * as errors from "#berkeley/errors.ts";
import * as select from "#berkeley/select.ts";
import * as selectors from "#berkeley/selectors.ts";
import * as socket from "#berkeley/socket.ts";
import * as struct from "#berkeley/struct.ts";
import { tcp_info } from "#berkeley/tcp-info.ts";
import { anyBytes, anyNumber, anyText, anything, constant, type Recipe } from "./fuzz-values.ts";
import { patience, states, type World } from "./fuzz-world.ts";

/** A function or a method, what it is called on, and what it expects. */
interface Entry {
  /** the object that has it; for a function itself undefined */
  on?: (world: World, state: State) => object;
  args: fc.Arbitrary<Recipe>[];
  call?: (...args: never[]) => unknown;
}

/** The state of the socket that a call is made on. */
export type State = keyof typeof states;

const of = (...values: unknown[]) => fc.constantFrom(...values).map((it) => constant(it));
const whole = (min: number, max: number) => fc.integer({ min, max }).map((it) => constant(it));
const list = (it: fc.Arbitrary<Recipe>, maxLength = 4) =>
  fc.array(it, { maxLength }).map((items): Recipe => ({
    text: `[${items.map(({ text }) => text).join(", ")}]`,
    make: (world) => items.map((item) => item.make(world)),
  }));
const record = (fields: Record<string, fc.Arbitrary<Recipe>>) =>
  fc.record(fields, { requiredKeys: [] }).map((it): Recipe => ({
    text: `{ ${Object.entries(it).map(([key, value]) => `${key}: ${value!.text}`).join(", ")} }`,
    make: (world) =>
      Object.fromEntries(Object.entries(it).map(([key, value]) => [key, value!.make(world)])),
  }));

const family = of(socket.AF_INET, socket.AF_INET6, socket.AF_UNIX);
const type = of(socket.SOCK_STREAM, socket.SOCK_DGRAM);
const stateNames = Object.keys(states) as State[];
/** One of the sockets. */
const sockets: fc.Arbitrary<Recipe> = fc.constantFrom(...stateNames).map((state): Recipe => ({
  text: `the ${state} socket`,
  make: (world) => world.socketIn(state),
}));
const fileno: fc.Arbitrary<Recipe> = fc.oneof(
  fc.constantFrom(...stateNames).map((state): Recipe => ({
    text: `the number of the ${state} socket`,
    make: (world) => world.socketIn(state).fileno(),
  })),
  whole(1_000_000, 2 ** 31 - 1),
);
const selectable = fc.oneof({ weight: 4, arbitrary: sockets }, fileno, anything);
const host = fc.oneof(of("127.0.0.1", "::1", "", "localhost", "192.0.2.1", "<broadcast>"), anyText);
const port = fc.oneof(of(0, 9, 65535), whole(0, 65535), anything);
const address: fc.Arbitrary<Recipe> = fc.oneof(
  fc.constantFrom(...stateNames).map((state): Recipe => ({
    text: `the address of the ${state} socket`,
    make: (world) => {
      const it = world.socketIn(state);
      return it.fileno() < 0 ? ["127.0.0.1", 9] : it.getsockname();
    },
  })),
  fc.tuple(host, port).map(([h, p]): Recipe => ({
    text: `[${h.text}, ${p.text}]`,
    make: (world) => [h.make(world), p.make(world)],
  })),
  list(fc.oneof(host, port), 5),
  anyText,
);
const flag = [socket.MSG_PEEK, socket.MSG_WAITALL, socket.MSG_DONTWAIT, socket.MSG_OOB]
  .concat(socket.MSG_MORE, socket.MSG_TRUNC, 0x2000);
const flags = fc.oneof(
  of(0, 0, 0),
  fc.subarray(flag).map((some) => constant(some.reduce((all, it) => all | it, 0))),
  // MSG_ZEROCOPY would have the kernel send what the memory holds later on.
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map((it) => constant(it & ~0x4000000)),
);
const size = fc.oneof(whole(0, 70_000), of(0, 1, 10, 65536, 65537), anyNumber);
const seconds = fc.oneof(of(null, 0, 0.001, 0.002, 1e-9, -1, 1e300), anyNumber);
const shortly = fc.oneof(of(0, 0.001, 0.002, -0, 1e-9, 5e-324), whole(0, 0));
const level = fc.oneof(
  of(socket.SOL_SOCKET, socket.IPPROTO_TCP, socket.IPPROTO_IPV6, 0),
  whole(-1, 300),
);
const option = fc.oneof(whole(0, 80), anyNumber);
const mask = fc.oneof(of(1, 2, 3, 4, 5, 0x2000, 2 ** 31, 2 ** 30, 2 ** 28), anyNumber);
const events = fc.oneof(of(1, 2, 3), anyNumber);
const format = fc.oneof(
  fc.array(
    fc.tuple(
      fc.constantFrom("", "", "0", "1", "3", "200", "2000000000", "9".repeat(30)),
      fc.constantFrom(..."xcbB?hHiIlLqQnNPfdsp zé"),
    ),
    { maxLength: 5 },
  ).chain((items) =>
    fc.constantFrom("", "!", "<", ">", "=", "@", "!!").map((order) =>
      constant(order + items.map((it) => it.join("")).join(""))
    )
  ),
  anyText,
);
const structValue = fc.oneof(anyNumber, anyBytes, of(1n, -1n, 2n ** 63n, true), anything);

const onSocket = (...args: fc.Arbitrary<Recipe>[]): Entry => ({
  on: (world, state) => world.socketIn(state),
  args,
});
const onEpoll = (...args: fc.Arbitrary<Recipe>[]): Entry => ({ on: (it) => it.epoll, args });
const onPoll = (...args: fc.Arbitrary<Recipe>[]): Entry => ({ on: (it) => it.poll, args });
const onSelector = (...args: fc.Arbitrary<Recipe>[]): Entry => ({
  on: (world, state) => world.selectors[stateNames.indexOf(state) % 3]!,
  args,
});
const plain = (call: unknown, ...args: fc.Arbitrary<Recipe>[]): Entry => ({
  call: call as (...args: never[]) => unknown,
  args,
});
const construct = (it: unknown, ...args: fc.Arbitrary<Recipe>[]): Entry =>
  plain((...values: never[]) => Reflect.construct(it as () => object, values), ...args);

const details = fc.oneof(
  record({ errno: anyNumber, code: anyText, syscall: anyText, address: anything }),
  anything,
);
const hints = fc.oneof(
  record({ family: fc.oneof(family, anything), type, proto: anyNumber, flags }),
  anything,
);

/** All of them, by their names. */
export const entries: Record<string, Entry> = {
  "socket": plain(socket.socket, family, type, of(0, 6, 17), fc.oneof(of(undefined), fileno)),
  "socketpair": plain(socket.socketpair, family, type, of(0)),
  "create_server": plain(
    socket.create_server,
    address,
    record({ family, backlog: whole(0, 10), reuse_port: anything, dualstack_ipv6: of(true) }),
  ),
  "create_connection": plain(
    socket.create_connection,
    address,
    record({ source_address: address, all_errors: of(true, false) }).map((it): Recipe => ({
      text: it.text.replace("{", `{ timeout: ${patience},`),
      make: (world) => ({ ...it.make(world) as object, timeout: patience }),
    })),
  ),
  "getaddrinfo": plain(socket.getaddrinfo, fc.oneof(host, of(null)), fc.oneof(port, host), hints),
  "htons": plain(socket.htons, anyNumber),
  "ntohs": plain(socket.ntohs, anyNumber),
  "htonl": plain(socket.htonl, anyNumber),
  "ntohl": plain(socket.ntohl, anyNumber),
  "new Socket": construct(socket.Socket, fileno, family, type),
  "Socket.bind": onSocket(address),
  "Socket.listen": onSocket(fc.oneof(whole(0, 10), anyNumber)),
  "Socket.accept": onSocket(),
  "Socket.connect": onSocket(address),
  "Socket.connect_ex": onSocket(address),
  "Socket.send": onSocket(anyBytes, flags),
  "Socket.sendall": onSocket(anyBytes, flags),
  "Socket.sendto": onSocket(anyBytes, address, flags),
  "Socket.recv": onSocket(size, flags),
  "Socket.recv_into": onSocket(anyBytes, size, flags),
  "Socket.recvfrom": onSocket(size, flags),
  "Socket.shutdown": onSocket(fc.oneof(of(0, 1, 2), anyNumber)),
  "Socket.close": onSocket(),
  "Socket.detach": onSocket(),
  "Socket.fileno": onSocket(),
  "Socket.getsockname": onSocket(),
  "Socket.getpeername": onSocket(),
  "Socket.getsockopt": onSocket(level, option, fc.oneof(of(undefined), whole(0, 1024), anyNumber)),
  "Socket.setsockopt": onSocket(
    level,
    option,
    fc.oneof(anyBytes, of(true, false, 0, 1), anyNumber),
  ),
  "Socket.setblocking": onSocket(of(true, false)),
  "Socket.getblocking": onSocket(),
  "Socket.settimeout": onSocket(seconds),
  "Socket.gettimeout": onSocket(),
  "select": plain(select.select, list(selectable), list(selectable), list(selectable), shortly),
  "poll": plain(select.poll),
  "Poll.register": onPoll(selectable, mask),
  "Poll.modify": onPoll(selectable, mask),
  "Poll.unregister": onPoll(selectable),
  "Poll.poll": onPoll(fc.oneof(of(0, 1, 2), of(0.5))),
  "epoll": plain(select.epoll),
  "new Epoll": construct(select.Epoll, fileno),
  "Epoll.register": onEpoll(selectable, mask),
  "Epoll.modify": onEpoll(selectable, mask),
  "Epoll.unregister": onEpoll(selectable),
  "Epoll.poll": onEpoll(shortly, fc.oneof(of(-1), whole(1, 2000), anyNumber)),
  "Epoll.fileno": onEpoll(),
  "Epoll.close": onEpoll(),
  "Selector.register": onSelector(selectable, events, anything),
  "Selector.modify": onSelector(selectable, events, anything),
  "Selector.unregister": onSelector(selectable),
  "Selector.get_key": onSelector(selectable),
  "Selector.get_map": onSelector(),
  "Selector.select": onSelector(fc.oneof(shortly, of(-1))),
  "Selector.close": onSelector(),
  "pack": plain(struct.pack, format, structValue, structValue, structValue, structValue),
  "unpack": plain(struct.unpack, fc.oneof(of("0s", "c", "10s", "!HHIH", "8B"), format), anyBytes),
  "calcsize": plain(struct.calcsize, format),
  "tcp_info": plain(tcp_info, sockets),
  ...Object.fromEntries(
    Object.entries({ ...errors, StructError: struct.StructError })
      .map(([name, it]) => [`new ${name}`, construct(it, anyText, details)]),
  ),
  "new DefaultSelector": construct(selectors.DefaultSelector, anything),
};

/** One call: of what, on a socket in which state, with what. */
export interface Step {
  name: string;
  state: State;
  args: Recipe[];
}

function stepOf(name: string): fc.Arbitrary<Step> {
  const known = entries[name]!.args.map((it) =>
    fc.oneof({ weight: 12, arbitrary: it }, { weight: 1, arbitrary: anything })
  );
  return fc.record({
    name: fc.constant(name),
    state: fc.constantFrom(...stateNames),
    args: fc.tuple(fc.tuple(...known), fc.nat(30), fc.array(anything, { maxLength: 2 }))
      .map(([args, cut, more]) =>
        cut < args.length ? args.slice(0, cut) : cut === 30 ? [...args, ...more] : args
      ),
  });
}

/** After these there is less to be tried. */
const last = /^new |close$|detach$|shutdown$/;

/** One call of one of the entry points. */
export function anyStep(names: string[]): fc.Arbitrary<Step> {
  return fc.oneof(
    ...names.map((name) => ({ weight: last.test(name) ? 1 : 8, arbitrary: stepOf(name) })),
  );
}
