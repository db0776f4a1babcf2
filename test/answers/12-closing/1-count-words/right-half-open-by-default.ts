/**
 * Right: does not allow half-open connections, and needs not: the counts are there when "end" is emitted.
 *
 * Refused by a test that wants allowHalfOpen.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const server = net.createServer((socket) => {
  let [words, bytes, inWord] = [0, 0, false];
  socket.on("data", (chunk) => {
    for (const byte of chunk) {
      const isSpace = " \t\r\n".includes(String.fromCharCode(byte));
      if (!isSpace && !inWord) words++;
      inWord = !isSpace;
    }
    bytes += chunk.length;
  });
  socket.on("end", () => socket.write(`${words} ${bytes}\n`));
  socket.on("error", () => {});
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
