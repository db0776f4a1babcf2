/**
 * Calls at an address and a port, and says what came of it, and when.
 *
 * Lesson 11. A third word is a limit in milliseconds.
 *
 *     node examples/11-opening/knock.ts host [port]
 *     deno run --allow-net=127.0.0.0/8,[::1],gone.invalid examples/11-opening/knock.ts host [port]
 *
 * @module
 */
import { once } from "node:events";
import { connect } from "node:net";
import process from "node:process";

const [host = "127.0.0.1", port = 65432, limitMs = 500] = process.argv.slice(2);

const begun = performance.now();
const after = () => `after ${Math.round(performance.now() - begun)} ms`;

// #region knock
const socket = connect({ host, port: Number(port) });
// Nothing else ends the silence: there is no event for an answer that does not come.
const limit = setTimeout(() => socket.destroy(new Error("No answer so far")), Number(limitMs));
try {
  await once(socket, "connect");
  console.log(`Connected ${after()}`);
} catch (error) {
  const { code = "no code", message } = error as NodeJS.ErrnoException;
  console.log(`Failed ${after()}, ${code}: ${message.split(" - ")[0]}`);
} finally {
  clearTimeout(limit);
  socket.destroy();
}
// #endregion
