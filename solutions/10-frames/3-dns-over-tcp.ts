/**
 * A DNS server over TCP that knows one name.
 *
 *     node exercises/10-frames/3-dns-over-tcp.ts [port]
 *     deno run --allow-net=127.0.0.1 exercises/10-frames/3-dns-over-tcp.ts [port]
 *
 * - It listens on 127.0.0.1 and nowhere else, on the port that it is given: 65432 when it is given
 *   none, any free one for 0. Then it prints `Listening on 127.0.0.1:PORT` with the real port.
 * - Over TCP, a DNS message has its length in front: an unsigned number of two bytes, the highest
 *   first, which counts the message without itself (RFC 1035, section 4.2.2). So do the answers.
 * - A connection is good for any number of queries, which may come before earlier ones are answered
 *   (RFC 7766, section 6.2.1). Each gets one answer, in the order of the queries.
 * - A query for `course.test`, type A (1), class IN (1), is answered by one record: the name as the
 *   pointer `c0 0c`, type and class, 60 seconds to live, the address 192.0.2.7. Capital letters make
 *   no other name. For any other type or class of that name there is no error and no record (code 0).
 *   Any other name does not exist (NXDOMAIN, code 3).
 * - Such an answer repeats the ID, the opcode, RD and the question, byte for byte; QR and AA are set,
 *   all other flags are 0. Whatever stands behind the question in a query is not looked at, and not
 *   repeated.
 * - A query with an opcode other than 0 is answered by NOTIMP (4). One that does not hold exactly one
 *   question, or whose question cannot be read, by FORMERR (1): a name that runs beyond the message,
 *   a pointer or a label above 63 bytes in it, no type or class behind it (a name of more than 255
 *   bytes may be answered so, or as a name that is not known). These two answers are a
 *   header alone: ID, opcode and RD repeated, QR set, the code, all else 0. Of both, NOTIMP counts.
 * - A message in which QR is set is an answer, not a query: it gets none.
 * - A message of less than 12 bytes is none, and one of more than 4096 is more than this server
 *   takes. It ends the connection (FIN) as soon as it knows such a length, whatever follows. What was
 *   asked for before that gets its answer, and need not when it came in the same chunk.
 * - When a client has half-closed, it gets all answers that are due, and then the server ends, too. In
 *   the middle of a message as well: half a query gets no answer.
 * - A client that resets its connection is no reason to stop, and no client has to wait for another.
 * - SIGTERM ends it.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

// #region cut
const headerBytes = 12;
/** The longest message that it takes, in bytes: a question has 259 at most. */
const limitBytes = 4096;

// RFC 1035, section 4.1.1
const codes = { noError: 0, formErr: 1, nxDomain: 3, notImp: 4 } as const;

/** The name that exists, in the form in which it travels: each label with its length in front. */
const knownName = Buffer.from("\x06course\x04test\x00", "latin1");

/** Its record: a pointer to the name in the question, type A, class IN, 60 s, 4 bytes, the address. */
const record = Buffer.from("c00c 0001 0001 0000003c 0004 c0000207".replaceAll(" ", ""), "hex");
// #endregion

// #region todo Serve DNS as the comment above says
const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  const messages = new Messages();
  let refused = false;
  socket.on("data", (chunk) => {
    if (refused) return; // thrown away, so that nothing is unread when the socket is closed
    try {
      for (const message of messages.push(chunk)) {
        const answer = answerTo(message);
        if (answer) socket.write(withLength(answer));
      }
    } catch {
      refused = true;
      socket.end();
    }
  });
  socket.on("end", () => socket.end());
  socket.on("error", () => {});
});

server.on("error", (error) => {
  console.error(`Cannot listen on 127.0.0.1:${port}: ${error.message}`);
  process.exitCode = 1;
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});

/** Takes the stream of one connection as it comes, and gives the messages in it. */
class Messages {
  #kept: Buffer = Buffer.alloc(0);

  /** @throws {RangeError} When a length is none that a query can have */
  push(chunk: Uint8Array): Buffer[] {
    // No more than one message is kept from one chunk to the next, and that has 4096 bytes at most.
    this.#kept = Buffer.concat([this.#kept, chunk]);
    const messages: Buffer[] = [];
    while (this.#kept.length >= 2) {
      const length = this.#kept.readUInt16BE(0);
      if (length < headerBytes || length > limitBytes) throw new RangeError(`Length ${length}`);
      if (this.#kept.length < 2 + length) break;
      messages.push(this.#kept.subarray(2, 2 + length));
      this.#kept = this.#kept.subarray(2 + length);
    }
    return messages;
  }
}

/** The length and the message in one buffer: one write, so one segment (RFC 7766, section 8). */
function withLength(message: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}

/** The answer to a message, undefined when there is to be none. */
function answerTo(message: Buffer): Buffer | undefined {
  const isAnswer = (message[2]! & 0x80) !== 0;
  if (isAnswer) return undefined;
  const opcode = message[2]! >> 3 & 0x0f;
  if (opcode !== 0) return header(message, codes.notImp);
  const end = message.readUInt16BE(4) === 1 ? endOfQuestion(message) : undefined;
  if (end === undefined) return header(message, codes.formErr);
  const question = message.subarray(headerBytes, end);
  if (!namesKnown(question)) return Buffer.concat([header(message, codes.nxDomain, 0), question]);
  const isAddress = question.readUInt32BE(question.length - 4) === 0x0001_0001;
  const records = isAddress ? [record] : [];
  return Buffer.concat([header(message, codes.noError, records.length), question, ...records]);
}

/**
 * The header of an answer.
 *
 * @param records How many follow the question; left out when there is no question either
 */
function header(query: Buffer, code: number, records?: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  query.copy(header, 0, 0, 2);
  const [qr, aa] = [0x80, records === undefined ? 0 : 0x04];
  header[2] = qr | aa | query[2]! & 0b0111_1001; // opcode and RD as they came
  header[3] = code;
  if (records !== undefined) {
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records, 6);
  }
  return header;
}

/** Where the question ends, undefined when it cannot be read. */
function endOfQuestion(message: Buffer): number | undefined {
  let at = headerBytes;
  for (let length = message[at]; length !== 0; length = message[at]) {
    // 63 is the longest label. Larger numbers are pointers, or nothing (RFC 1035, section 4.1.4).
    if (length === undefined || length > 63) return undefined;
    at += 1 + length;
  }
  const end = at + 1 + 4;
  return end <= message.length ? end : undefined;
}

/** Whether a question has the name that exists, in small letters or capital ones. */
function namesKnown(question: Buffer): boolean {
  const name = question.subarray(0, -4);
  // A length is 63 at most, below the letters: to make small letters of it does no harm.
  return name.toString("latin1").toLowerCase() === knownName.toString("latin1");
}
// #endregion
