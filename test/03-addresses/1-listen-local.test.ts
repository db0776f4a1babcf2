import net from "node:net";
import { describe, test } from "vitest";
import { listenLocal } from "#exercises/03-addresses/1-listen-local.ts";
import { Calls } from "#support/calls.ts";
import { Peer } from "#support/peer.ts";
import { freePort } from "#support/ports.ts";

const name = "listenLocal()";
const clients = "clients()";

/** A server that greets each client, reads what it sends, and ends when it ends. */
function greeter(): net.Server & AsyncDisposable {
  return net.createServer((socket) => {
    socket.on("error", () => {});
    socket.resume();
    socket.write("hello");
  });
}

/** A server whose system has something against listening. */
class Hindered extends net.Server {
  readonly #error: Error;

  constructor(error: Error) {
    super();
    this.#error = error;
  }

  override listen(): this {
    setImmediate(() => this.emit("error", this.#error));
    return this;
  }
}

/**
 * Connects a client; when this settles, the server has greeted it.
 *
 * @param localPort The port it comes from; the system's choice unless told
 */
async function visit(calls: Calls, who: string, port: number, localPort?: number): Promise<Peer> {
  await using scope = new AsyncDisposableStack();
  const from = localPort === undefined ? {} : { localAddress: "127.0.0.1", localPort };
  const peer = scope.use(new Peer(who, net.connect({ port, host: "127.0.0.1", ...from }), calls));
  await peer.receive("hello");
  scope.move();
  return peer;
}

/** Two free ports, the lower one first. */
async function twoPorts(): Promise<[number, number]> {
  const one = await freePort();
  let two = one;
  while (two === one) two = await freePort();
  return [Math.min(one, two), Math.max(one, two)];
}

describe("1 of 3, it listens", () => {
  test("listenLocal() listens on 127.0.0.1 and nowhere else", async () => {
    const calls = new Calls();
    await using server = greeter();
    await calls.gives(name, () => listenLocal(server, 0), {});
    calls.listensOn(name, server, "127.0.0.1");
  });

  test("listenLocal() says where it listens when the system chose the port", async () => {
    const calls = new Calls();
    await using server = greeter();
    const got = await calls.gives(name, () => listenLocal(server), {});
    const { address: host, port } = server.address() as net.AddressInfo;
    await calls.gives(`${name}'s promise`, () => got, { host, port }, "the system says so");
    await using _ada = await visit(calls, "Ada", port);
  });

  test("listenLocal() gives each of two servers a port of its own", async () => {
    const calls = new Calls();
    await using one = greeter();
    await using two = greeter();
    await calls.gives("the first listenLocal()", () => listenLocal(one), {});
    await calls.gives("the second listenLocal()", () => listenLocal(two), {});
  });

  test("listenLocal() takes the port it is given", async () => {
    const calls = new Calls();
    const port = await freePort();
    await using server = greeter();
    const wanted = { host: "127.0.0.1", port };
    await calls.gives(`${name} with port ${port}`, () => listenLocal(server, port), wanted);
    calls.listensOn(name, server, "127.0.0.1");
  });
});

describe("2 of 3, it says why it cannot listen", () => {
  test("listenLocal() fails when its port is taken", async () => {
    const calls = new Calls();
    await using first = greeter();
    await using second = greeter();
    const { port } = await calls.gives("the first listenLocal()", () => listenLocal(first), {});
    const call = () => listenLocal(second, port);
    const why = "the first server has this port";
    const says = [`127.0.0.1:${port}`, "taken"];
    await calls.fails("the second listenLocal()", call, why, says, ["not allowed"]);
  });

  test("listenLocal() fails when its port is kept for others", async () => {
    const calls = new Calls();
    const port = await freePort();
    // The shape that both runtimes give it: a superuser who runs this test meets no real one.
    const message = `listen EACCES: permission denied 127.0.0.1:${port}`;
    const at = { errno: -13, syscall: "listen", address: "127.0.0.1", port };
    const server = new Hindered(Object.assign(new Error(message), { code: "EACCES", ...at }));
    const says = [`127.0.0.1:${port}`, "not allowed"];
    const why = "the system answered EACCES";
    await calls.fails(name, () => listenLocal(server, port), why, says, ["taken"]);
  });

  test("listenLocal() fails with the system's words when it has none of its own", async () => {
    const calls = new Calls();
    const port = await freePort();
    const message = `listen EMFILE: too many open files 127.0.0.1:${port}`;
    const server = new Hindered(Object.assign(new Error(message), { code: "EMFILE" }));
    const says = [`127.0.0.1:${port}`, "too many open files"];
    const why = "the process has no file descriptor left";
    const never = ["taken", "not allowed"];
    await calls.fails(name, () => listenLocal(server, port), why, says, never);
  });
});

describe("3 of 3, it knows who is there", () => {
  test("clients() names the client's own end of the connection", async () => {
    const calls = new Calls();
    await using server = greeter();
    const local = await calls.gives(name, () => listenLocal(server), {});
    await calls.gives(clients, () => local.clients(), [], "nobody has come yet");
    await using ada = await visit(calls, "Ada", local.port);
    const why = `${local.port} is the server's own port, the same for every client`;
    await calls.comesToGive(clients, () => local.clients(), [ada.address], why);
  });

  test("clients() keeps two clients of one machine apart", async () => {
    const calls = new Calls();
    await using server = greeter();
    const local = await calls.gives(name, () => listenLocal(server), {});
    const [low, high] = await twoPorts();
    // The system mostly gives the later client the higher port: here it is the other way round.
    await using ada = await visit(calls, "Ada", local.port, high);
    await using bob = await visit(calls, "Bob", local.port, low);
    const why = "two clients are connected";
    const both = [ada.address, bob.address];
    await calls.comesToGive("clients().length", () => local.clients().length, 2, why);
    await calls.gives(clients, () => local.clients(), both, "Ada came before Bob");
  });

  test("clients() forgets a client that has ended", async () => {
    const calls = new Calls();
    await using server = greeter();
    const local = await calls.gives(name, () => listenLocal(server), {});
    await using ada = await visit(calls, "Ada", local.port);
    await using bob = await visit(calls, "Bob", local.port);
    await ada.halfClose();
    await calls.comesToGive(clients, () => local.clients(), [bob.address], "Ada has ended");
  });

  test("clients() forgets a client that has reset", async () => {
    const calls = new Calls();
    await using server = greeter();
    const local = await calls.gives(name, () => listenLocal(server), {});
    await using ada = await visit(calls, "Ada", local.port);
    await using bob = await visit(calls, "Bob", local.port);
    await using cleo = await visit(calls, "Cleo", local.port);
    await ada.reset();
    const others = [bob.address, cleo.address];
    await calls.comesToGive(clients, () => local.clients(), others, "Ada has reset");
    await cleo.reset();
    await calls.comesToGive(clients, () => local.clients(), [bob.address], "Cleo has reset, too");
  });

  test("clients() forgets a client that the server has thrown out", async () => {
    const calls = new Calls();
    await using server = greeter();
    const sockets: net.Socket[] = [];
    server.on("connection", (socket) => sockets.push(socket));
    const local = await calls.gives(name, () => listenLocal(server), {});
    await using _ada = await visit(calls, "Ada", local.port);
    await using bob = await visit(calls, "Bob", local.port);
    calls.story.tell("the server destroyed its socket for Ada");
    sockets[0]!.destroy();
    const why = "the server has destroyed its socket for Ada";
    await calls.comesToGive(clients, () => local.clients(), [bob.address], why);
  });

  test("clients() keeps a client that only sends no more", async () => {
    const calls = new Calls();
    const sockets: net.Socket[] = [];
    await using server = net.createServer({ allowHalfOpen: true }, (socket) => {
      sockets.push(socket);
      socket.on("error", () => {});
      socket.resume();
      socket.write("hello");
      // When Ada has received this, everybody at the server has heard of her FIN.
      socket.on("end", () => socket.write("I heard"));
    });
    // Half-open connections end by nobody's leaving, and the server waits for them.
    using scope = new DisposableStack();
    scope.defer(() => sockets.forEach((socket) => socket.destroy()));
    const local = await calls.gives(name, () => listenLocal(server), {});
    await using ada = await visit(calls, "Ada", local.port);
    await ada.halfClose();
    await ada.receive("I heard");
    const why = "Ada sends no more, and the server still sends to her";
    await calls.gives(clients, () => local.clients(), [ada.address], why);
    sockets[0]!.end();
    await ada.receiveEnd();
    await calls.comesToGive(clients, () => local.clients(), [], "both sides have ended");
  });
});
