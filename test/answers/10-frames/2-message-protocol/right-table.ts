/**
 * Right: keeps what may come in a table of states, and uses the decoder of the first exercise.
 *
 * Refused by a test that wants a name for each state, or sums that are numbers.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { encodeFrame, FrameDecoder } from "../../../../solutions/10-frames/1-frame-decoder.ts";

const port = Number(process.argv[2] ?? 65432);

type Answer = [type: number, payload: Uint8Array];
type Serve = (payload: Uint8Array) => Answer | undefined;

const known = [1, 2, 3, 4];

/** What one client may say now; hello changes it. */
class Conversation {
  #sum = 0n;
  #turn: Map<number, Serve> = new Map([[1, (name) => this.#greet(name)]]);

  answer(type: number, payload: Uint8Array): Answer {
    if (!known.includes(type)) return [255, Uint8Array.of(1)];
    const serve = this.#turn.get(type);
    if (!serve) return [255, Uint8Array.of(2)];
    return serve(payload) ?? [255, Uint8Array.of(3)];
  }

  #greet(name: Uint8Array): Answer | undefined {
    if (name.length === 0 || name.length > 32) return undefined;
    try {
      new TextDecoder("utf8", { fatal: true }).decode(name);
    } catch {
      return undefined;
    }
    this.#turn = new Map<number, Serve>([
      [2, (number) => number.length === 4 ? this.#add(number) : undefined],
      [3, (nothing) => nothing.length === 0 ? this.#total() : undefined],
      [4, (nothing) => nothing.length === 0 ? [132, nothing] : undefined],
    ]);
    return [129, name];
  }

  #add(number: Uint8Array): Answer {
    this.#sum += BigInt(`0x${Buffer.from(number).toString("hex")}`);
    return this.#total();
  }

  #total(): Answer {
    return [130, Buffer.from(this.#sum.toString(16).padStart(16, "0"), "hex")];
  }
}

const server = net.createServer({ allowHalfOpen: true });
server.on("connection", (socket) => {
  const conversation = new Conversation();
  const decoder = new FrameDecoder({ limitBytes: 1024 });
  const goodBye = (number?: number) => {
    socket.off("data", onData).off("end", onEnd).resume();
    socket.end(number === undefined ? "" : encodeFrame(255, Uint8Array.of(number)));
  };
  const onData = (chunk: Uint8Array) => {
    let frames;
    try {
      frames = decoder.push(chunk);
    } catch {
      return goodBye(4);
    }
    for (const { type, payload } of frames) {
      const answer = conversation.answer(type, payload);
      socket.write(encodeFrame(...answer));
      if (answer[0] === 132) return goodBye();
    }
  };
  const onEnd = () => {
    try {
      decoder.end();
      goodBye();
    } catch {
      goodBye(5);
    }
  };
  socket.on("data", onData).on("end", onEnd).on("error", () => {});
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
