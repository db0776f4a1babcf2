/**
 * Right: asks the iterator for chunks, and goes on asking behind the refusal, for as long as there is time.
 *
 * Refused by a test that wants listeners for "data" and "end".
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);
const lingerMs = Number(process.argv[3] ?? 10_000);

const limitBytes = 65_536;

const server = net.createServer({ allowHalfOpen: true }, async (socket) => {
  socket.on("error", () => {});
  let bytes = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes <= limitBytes || timer) continue;
      socket.end(`refused: more than ${limitBytes} bytes\n`);
      timer = setTimeout(() => socket.destroy(), lingerMs);
    }
    if (!timer) socket.end(`stored ${bytes}\n`);
  } catch {
    socket.destroy();
  } finally {
    clearTimeout(timer);
  }
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
