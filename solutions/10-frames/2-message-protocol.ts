/**
 * A service that adds up numbers, and speaks in frames.
 *
 *     node exercises/10-frames/2-message-protocol.ts [port]
 *     deno run --allow-net=127.0.0.1 exercises/10-frames/2-message-protocol.ts [port]
 *
 * It listens on 127.0.0.1 and nowhere else, on the port that it is given: 65432 when it is given none,
 * any free one for 0. Then it prints `Listening on 127.0.0.1:PORT` with the real port.
 *
 * Its frames are those of the first exercise, type and length and payload, in both directions. A
 * payload has 1024 bytes at most.
 *
 *     type  name     payload
 *
 *        1  hello    the client's name: 1 to 32 bytes, valid UTF-8
 *        2  add      a number: 4 bytes, unsigned, big-endian
 *        3  total    nothing
 *        4  bye      nothing
 *
 *      129  welcome  the name, as it came
 *      130  sum      8 bytes, unsigned, big-endian: all that was added on this connection
 *      132  bye      nothing
 *      255  error    1 byte: which
 *
 * - A client sends frames of the types 1 to 4, and gets one frame for each, in their order. Hello is
 *   answered by welcome, add and total by sum, bye by bye.
 * - Hello comes first, and once. After bye and its answer the server ends the connection (FIN), and
 *   does not look at what comes behind.
 * - A frame that cannot be served is answered by an error: 1 when there is no such type, 2 when it is
 *   out of turn (a hello after hello was welcomed, any other before), 3 when its payload is not what
 *   the table says. Of these three, the lowest that fits. It changes nothing, and the connection goes on.
 * - A header that claims more than 1024 bytes is answered by error 4 as soon as it has come, and the
 *   server ends the connection (FIN): where the next frame begins, nobody knows. What the client goes
 *   on sending does no harm. Frames that came in the same chunk before that need not be answered.
 * - When a client half-closes between two frames, it gets all its answers, and then the server ends,
 *   too. In the middle of a frame it gets error 5 before that.
 * - A client that resets its connection is no reason to stop, and no client has to wait for another.
 * - SIGTERM ends it.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { encodeFrame, type Frame, FrameDecoder } from "./1-frame-decoder.ts";

const port = Number(process.argv[2] ?? 65432);

// #region cut
const limitBytes = 1024;
const limitOfNameBytes = 32;

/** Types of frames: an answer's is that of what it answers, with the highest bit set. */
const types = { hello: 1, add: 2, total: 3, bye: 4, sum: 130, error: 255 } as const;

/** What the byte of an error says. */
const errors = { unknownType: 1, outOfTurn: 2, wrongPayload: 3, tooLong: 4, cutOff: 5 } as const;
// #endregion

// #region todo Serve the protocol
const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  const decoder = new FrameDecoder({ limitBytes });
  const conversation = new Conversation();
  const finish = (...last: Uint8Array[]) => {
    conversation.isOver = true;
    socket.end(Buffer.concat(last));
  };
  // It goes on being called when all is over: what is unread when a socket is closed makes a reset
  // of its end, and the last answer may be lost with it.
  socket.on("data", (chunk) => {
    if (conversation.isOver) return;
    try {
      for (const frame of decoder.push(chunk)) {
        socket.write(conversation.answer(frame));
        if (conversation.isOver) return finish();
      }
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
      finish(error(errors.tooLong));
    }
  });
  socket.on("end", () => {
    if (conversation.isOver) return;
    try {
      decoder.end();
      finish();
    } catch {
      finish(error(errors.cutOff));
    }
  });
  socket.on("error", () => {});
});

/** What one client has said so far, and what is said to it; it knows nothing of sockets. */
class Conversation {
  isOver = false;
  #isGreeted = false;
  #sum = 0n;

  /** The answer to a frame, put together. */
  answer({ type, payload }: Frame): Uint8Array {
    if (type < types.hello || type > types.bye) return error(errors.unknownType);
    const isInTurn = (type === types.hello) === !this.#isGreeted;
    if (!isInTurn) return error(errors.outOfTurn);
    if (!hasForm(type, payload)) return error(errors.wrongPayload);
    if (type === types.hello) this.#isGreeted = true;
    if (type === types.bye) this.isOver = true;
    if (type === types.hello || type === types.bye) return encodeFrame(0x80 | type, payload);
    if (type === types.add) this.#sum += BigInt(viewOf(payload).getUint32(0));
    const sum = new Uint8Array(8);
    viewOf(sum).setBigUint64(0, this.#sum);
    return encodeFrame(types.sum, sum);
  }
}

/** Whether a payload is what its type says. */
function hasForm(type: number, payload: Uint8Array): boolean {
  if (type === types.hello) {
    return payload.length > 0 && payload.length <= limitOfNameBytes && isUtf8(payload);
  }
  return payload.length === (type === types.add ? 4 : 0);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function error(number: number): Uint8Array {
  return encodeFrame(types.error, Uint8Array.of(number));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

server.on("error", (error) => {
  console.error(`Cannot listen on 127.0.0.1:${port}: ${error.message}`);
  process.exitCode = 1;
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
// #endregion
