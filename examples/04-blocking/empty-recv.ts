/**
 * What an empty recv() means, and what the first send() to a peer that has gone does not tell.
 *
 * Lesson 4.
 *
 *     node examples/04-blocking/empty-recv.ts
 *     deno run --allow-ffi examples/04-blocking/empty-recv.ts
 *
 * @module
 */
import { OSError } from "#berkeley/errors.ts";
import { AF_INET, SHUT_WR, SOCK_STREAM, socket } from "#berkeley/socket.ts";

using listener = socket(AF_INET, SOCK_STREAM);
listener.bind(["127.0.0.1", 0]);
listener.listen();
using client = socket(AF_INET, SOCK_STREAM);
client.connect(listener.getsockname());
const [conn] = listener.accept();
using server = conn;

/** Makes a call and says what came of it. */
function tell(name: string, call: () => number | Uint8Array): void {
  try {
    const result = call();
    console.log(`${name}: ${typeof result === "number" ? result : result.length} bytes`);
  } catch (error) {
    if (!(error instanceof OSError)) throw error;
    console.log(`${name}: ${error.name}, ${error.code}`);
  }
}

const hello = new TextEncoder().encode("hello");
// #region empty
tell("client send()", () => client.send(hello));
tell("server recv(0)", () => server.recv(0));
tell("server recv(100)", () => server.recv(100));

client.shutdown(SHUT_WR);
tell("server recv(100) after the client's FIN", () => server.recv(100));
tell("server send()", () => server.send(hello));
tell("client recv(100)", () => client.recv(100));

client.close();
tell("server recv(100) after the client's close()", () => server.recv(100));
tell("server send()", () => server.send(hello));
tell("server send() again", () => server.send(hello));
// #endregion
