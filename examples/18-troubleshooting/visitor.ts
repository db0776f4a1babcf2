/**
 * A client that says one thing, waits for an answer, and leaves in one of several ways.
 *
 * Lesson 18. The second word is how: `ends` sends FIN when the answer has come or one second has
 * passed, `resets` sends RST then, `stays` does not leave. A fourth word is whom to call.
 *
 *     node examples/18-troubleshooting/visitor.ts [port] [how] [text]
 *     deno run --allow-net=127.0.0.1 examples/18-troubleshooting/visitor.ts [port] [how] [text]
 *
 * @module
 */
import { once } from "node:events";
import { connect } from "node:net";
import process from "node:process";

const [port = "65432", how = "ends", text = "Hello\\n", host = "127.0.0.1"] = process.argv.slice(2);

const socket = connect({ port: Number(port), host });
await once(socket, "connect");
socket.on("error", (error) => console.log(error.message));
socket.write(text.replaceAll("\\n", "\n"));

const signal = AbortSignal.timeout(how === "stays" ? 200 : 1000);
try {
  const [chunk] = await once(socket, "data", { signal });
  console.log(`Sent "${text}", and got ${JSON.stringify(String(chunk))}`);
} catch {
  console.log(`Sent "${text}", and got no answer`);
}
if (how === "ends") socket.end();
if (how === "resets") socket.resetAndDestroy();
