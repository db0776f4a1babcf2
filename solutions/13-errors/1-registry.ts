/**
 * A server that knows who is there, and tells everybody who comes and who goes.
 *
 *     node exercises/13-errors/1-registry.ts [port]
 *     deno run --allow-net=127.0.0.1 exercises/13-errors/1-registry.ts [port]
 *
 * - It listens on 127.0.0.1 and nowhere else, on the port that it is given: 65432 when it is given
 *   none, any free one for 0. Then it prints `Listening on 127.0.0.1:PORT` with the real port.
 * - When that port is taken it says so in a sentence, and ends with an exit code other than 0.
 * - What it sends are lines that end in LF. Each client gets a number, a positive one that no other
 *   client is ever given. It is sent `hello NUMBER COUNT` before anything else: its number, and how
 *   many clients are there now, itself among them. All others are sent `joined NUMBER`.
 * - When a client has left, all who are still there are sent `left NUMBER`, once. A client has left
 *   when it has ended (FIN) or reset (RST), whichever comes first; nobody has to say anything first.
 *   One that has ended is sent nothing more but the server's own FIN.
 * - What a client sends means nothing. It is read, as much as it may be, and thrown away.
 * - Nothing that a client does, at whatever moment, ends the server or keeps it from serving others,
 *   be it a reset before the server has accepted the connection. Who has come and gone so fast may be
 *   told of or not: to nobody, or by `joined` and `left`.
 * - When all clients have left, it has no socket open but the one that listens.
 * - SIGTERM ends it.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

// #region cut
/** Who is there, by number. */
const present = new Map<number, net.Socket>();
let lastNumber = 0;

function tellAll(line: string): void {
  for (const socket of present.values()) socket.write(`${line}\n`);
}
// #endregion

const server = net.createServer((socket) => {
  // #region todo Tell all who comes and who goes
  // Not the client's address: of one that has reset before it was accepted nobody knows it any more.
  const number = ++lastNumber;
  tellAll(`joined ${number}`);
  present.set(number, socket);
  socket.write(`hello ${number} ${present.size}\n`);

  const leave = () => {
    // True for one caller only, whichever comes first.
    if (present.delete(number)) tellAll(`left ${number}`);
  };
  // A FIN is "end", and "close" soon after it; a reset is "close" alone, without "end".
  socket.on("end", leave);
  socket.on("close", leave);
  // The loss of one connection is no news: "close" follows. Without a listener it ends the program.
  socket.on("error", () => {});
  // Who does not read does not hear of an end either. Once it is read, our own side ends by itself,
  // since allowHalfOpen is false.
  socket.resume();
  // #endregion
});

server.on("error", (error) => {
  console.error(`Cannot listen on port ${port}: ${error.message}`);
  process.exitCode = 1;
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
