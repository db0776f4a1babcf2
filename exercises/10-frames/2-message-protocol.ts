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

// TODO: Serve the protocol
throw new Error("Not written yet");
