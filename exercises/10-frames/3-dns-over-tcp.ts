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

// TODO: Serve DNS as the comment above says
throw new Error("Not written yet");
