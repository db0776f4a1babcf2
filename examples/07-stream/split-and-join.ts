/**
 * What becomes of writes: the sizes of what one side wrote, and of what the other side read.
 *
 * Lesson 7.
 *
 *     node examples/07-stream/split-and-join.ts
 *     deno run --allow-net=127.0.0.1 examples/07-stream/split-and-join.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A client that writes, and a server whose chunks are counted. */
interface Wire {
  client: Socket;
  /** settles when the server has read so many bytes in all */
  hasRead(bytes: number): Promise<void>;
}

/** The sizes of the chunks in which a server reads what a client does. */
async function arrivals(play: (wire: Wire) => void | Promise<void>): Promise<number[]> {
  const sizes: number[] = [];
  let [total, awaited] = [0, Infinity];
  let reached = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    socket.on("data", (chunk) => {
      sizes.push(chunk.length);
      total += chunk.length;
      if (total >= awaited) reached.resolve();
    });
    socket.on("error", () => {});
    server.close();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  client.resume();
  await once(client, "connect");
  await play({
    client,
    hasRead(bytes) {
      [reached, awaited] = [Promise.withResolvers<void>(), bytes];
      if (total >= bytes) reached.resolve();
      return reached.promise;
    },
  });
  client.end();
  await once(client, "close");
  return sizes;
}

// #region writes
const together = await arrivals(({ client }) => {
  for (const record of ["bread", "salt ", "tea  "]) client.write(record);
});

const apart = await arrivals(async ({ client, hasRead }) => {
  for (const [k, record] of ["bread", "salt ", "tea  "].entries()) {
    client.write(record);
    await hasRead(5 * (k + 1));
  }
});

const cut = await arrivals(async ({ client, hasRead }) => {
  client.write("bre");
  await hasRead(3);
  client.write("adsalt te");
  await hasRead(12);
  client.write("a  ");
});

const large = await arrivals(({ client }) => void client.write(new Uint8Array(1 << 20)));
// #endregion

console.log(`5 + 5 + 5 written at once: ${together.join(" + ")} read`);
console.log(`5 + 5 + 5 written, each when the one before was read: ${apart.join(" + ")} read`);
console.log(`3 + 9 + 3 written, each when the one before was read: ${cut.join(" + ")} read`);
const all = large.reduce((sum, size) => sum + size, 0);
console.log(
  `${1 << 20} written at once: ${large.length > 1 ? "several chunks" : "one"}, ${all} read`,
);
