/**
 * A promise for the next bytes: one that loses bytes, and one that does not.
 *
 * Lesson 6.
 *
 *     node examples/06-events/promise-reader.ts
 *     deno run --allow-net=127.0.0.1 examples/06-events/promise-reader.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout } from "node:timers/promises";

let bob: Socket | undefined;
const server = createServer((socket) => bob = socket).listen(0, "127.0.0.1");
await once(server, "listening");

// #region loses
/** Waits for the next "data". Between two calls nobody listens, and the socket flows on. */
async function nextChunk(socket: Socket): Promise<Uint8Array | null> {
  const [bytes] = await Promise.race([once(socket, "data"), once(socket, "end")]);
  return bytes ?? null;
}
// #endregion

// #region keeps
/** Lets the socket flow for one chunk, or to its end; before and after that it is paused. */
function read(socket: Socket): Promise<Uint8Array | null> {
  // An event that came while nobody listened does not come again; what it changed can be asked for.
  if (socket.readableEnded) return Promise.resolve(null);
  if (socket.destroyed) return Promise.reject(socket.errored ?? new Error("It was destroyed"));
  return new Promise((resolve, reject) => {
    const settle = (give: () => void) => {
      socket.pause();
      socket.off("data", onData).off("end", onEnd).off("error", onError);
      give();
    };
    const onData = (bytes: Uint8Array) => settle(() => resolve(bytes));
    const onEnd = () => settle(() => resolve(null));
    const onError = (error: Error) => settle(() => reject(error));
    socket.on("data", onData).on("end", onEnd).on("error", onError);
    socket.resume();
  });
}
// #endregion

await tell("nextChunk()", nextChunk);
await tell("read()", read);
server.close();

/** Has Bob send the next word only when Ada has read the one before. */
async function tell(name: string, next: typeof read): Promise<void> {
  const ada = connect((server.address() as AddressInfo).port, "127.0.0.1");
  await Promise.all([once(ada, "connect"), once(server, "connection")]);
  const words = ["one ", "two ", "three"];
  let text = "";
  // #region busy
  bob!.write(words.shift()!);
  for (;;) {
    const bytes = await Promise.race([next(ada), setTimeout(500, "late")]);
    if (bytes === null || bytes === "late") {
      console.log(`${name} gave "${text}", then ${bytes === null ? "the end" : "nothing more"}`);
      break;
    }
    text += bytes;
    const word = words.shift();
    if (word) bob!.write(word);
    else bob!.end();
    await setTimeout(100); // Ada is busy, and what Bob has sent arrives
  }
  // #endregion
  ada.destroy();
  bob!.destroy();
}
