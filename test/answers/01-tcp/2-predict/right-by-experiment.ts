/**
 * Right: does not predict, but makes the experiments by itself, and promises what they give.
 *
 * Refused by a test that does not wait for promises, or leaves no port free for others.
 *
 * @module
 */
import dgram from "node:dgram";
import { on, once } from "node:events";
import net from "node:net";
import { text } from "node:stream/consumers";

async function serve(options: net.ServerOpts, serve: (socket: net.Socket) => void) {
  const server = net.createServer({ allowHalfOpen: true, ...options }, serve);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  return { server, client: net.connect(port, "127.0.0.1") };
}

async function sizes(play: (client: net.Socket) => void): Promise<number[]> {
  const got: number[] = [];
  const { server, client } = await serve({}, (socket) => {
    socket.on("data", (data) => {
      got.push(data.length);
      socket.write("!");
    });
    socket.on("end", () => socket.end());
  });
  play(client);
  await text(client);
  server.close();
  return got;
}

export const sizesOfTwoWrites = () =>
  sizes((client) => {
    client.write("Hello");
    client.write("World");
    client.end();
  });

export const sizesOfWritesWithAnAnswerBetween = () =>
  sizes((client) => {
    client.write("Hello");
    client.once("readable", () => client.end("World"));
  });

export const sizesOfAnEmptyWrite = () => sizes((client) => client.end(""));

export const oneEventForAMillionBytes = async () =>
  (await sizes((client) => client.end(new Uint8Array(1_000_000)))).length === 1;

async function messages(count: number, ...texts: string[]): Promise<number[]> {
  const server = dgram.createSocket("udp4").bind(0, "127.0.0.1");
  await once(server, "listening");
  const client = dgram.createSocket("udp4");
  const got: number[] = [];
  const arrivals = on(server, "message");
  for (const text of texts) client.send(text, server.address().port, "127.0.0.1");
  for await (const [message] of arrivals) {
    got.push(message.length);
    if (got.length === count) break;
  }
  client.close();
  server.close();
  return got;
}

export const sizesOfTwoDatagrams = () => messages(2, "Hello", "World");
export const sizesOfAnEmptyDatagram = () => messages(1, "");

export function errorForADatagramToNobody(): Promise<boolean> {
  const client = dgram.createSocket("udp4");
  return new Promise((resolve) => {
    client.send("Hello", 9, "127.0.0.1", (error) => {
      client.close();
      resolve(error !== null);
    });
  });
}

export async function receivedAfterTheOwnEnd(): Promise<string> {
  const { server, client } = await serve({}, (socket) => {
    socket.resume().on("end", () => socket.end("answer"));
  });
  client.end("question");
  const got = await text(client);
  server.close();
  return got;
}

export async function writtenAlthoughNobodyReads(): Promise<boolean> {
  const sockets: net.Socket[] = [];
  const { server, client } = await serve({ pauseOnConnect: true }, (socket) => {
    sockets.push(socket);
  });
  await once(client, "connect");
  await new Promise((resolve, reject) => {
    client.write(new Uint8Array(1000), (error) => error ? reject(error) : resolve(undefined));
  });
  client.destroy();
  server.close();
  for (const socket of sockets) socket.destroy();
  return true;
}

export async function answerOfAClosedPort(): Promise<string> {
  const { server, client } = await serve({}, (socket) => socket.destroy());
  const { remotePort } = await once(client, "connect").then(() => client);
  client.destroy();
  server.close();
  await once(server, "close");
  try {
    await once(net.connect(remotePort!, "127.0.0.1"), "connect");
    return "SYN";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ECONNREFUSED" ? "RST" : "nothing";
  }
}
