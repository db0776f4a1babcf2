/**
 * Right: is a conversation told from top to bottom, by a generator that is given frames.
 *
 * Refused by a test that wants an object for each client, or the answers in one write each.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { encodeFrame, FrameDecoder } from "../../../../solutions/10-frames/1-frame-decoder.ts";

const port = Number(process.argv[2] ?? 65432);

interface Frame {
  type: number;
  payload: Uint8Array;
}

const failure = (number: number) => encodeFrame(255, Uint8Array.of(number));
const isKnown = ({ type }: Frame) => type >= 1 && type <= 4;

function* conversation(): Generator<Uint8Array | undefined, Uint8Array, Frame> {
  let frame = yield undefined;
  while (!isKnown(frame) || frame.type !== 1 || !isName(frame.payload)) {
    frame = yield failure(!isKnown(frame) ? 1 : frame.type !== 1 ? 2 : 3);
  }
  let sum = 0n;
  let answer = encodeFrame(129, frame.payload);
  for (;;) {
    const { type, payload } = frame = yield answer;
    if (!isKnown(frame)) answer = failure(1);
    else if (type === 1) answer = failure(2);
    else if (payload.length !== (type === 2 ? 4 : 0)) answer = failure(3);
    else if (type === 4) return encodeFrame(132, payload);
    else {
      if (type === 2) sum += BigInt(Buffer.from(payload).readUInt32BE());
      answer = encodeFrame(130, bigEndian(sum));
    }
  }
}

function isName(bytes: Uint8Array): boolean {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return bytes.length >= 1 && bytes.length <= 32 && Buffer.from(text).equals(bytes);
}

function bigEndian(sum: bigint): Uint8Array {
  return Uint8Array.from({ length: 8 }, (_, i) => Number(sum >> BigInt(56 - 8 * i) & 255n));
}

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  const talk = conversation();
  talk.next();
  const decoder = new FrameDecoder({ limitBytes: 1024 });
  let over = false;
  const finish = (last: Uint8Array | string = "") => {
    if (!over) socket.end(last);
    over = true;
  };
  socket.on("data", (chunk) => {
    try {
      for (const frame of over ? [] : decoder.push(chunk)) {
        const { done, value } = talk.next(frame);
        if (done) return finish(value);
        socket.write(value!);
      }
    } catch {
      finish(failure(4));
    }
  });
  socket.on("end", () => {
    try {
      decoder.end();
    } catch {
      finish(failure(5));
    }
    finish();
  });
  socket.on("error", () => {});
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
