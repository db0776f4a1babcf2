/**
 * What shutdown() does in its three ways: to the side that calls it, and to the other.
 *
 * Lesson 12.
 *
 *     node examples/12-closing/shutdown.ts
 *     deno run --allow-ffi examples/12-closing/shutdown.ts
 *
 * @module
 */
import { OSError } from "#berkeley/errors.ts";
import {
  AF_INET,
  create_server,
  SHUT_RD,
  SHUT_RDWR,
  SHUT_WR,
  SOCK_STREAM,
  socket,
} from "#berkeley/socket.ts";

for (const [name, how] of Object.entries({ SHUT_WR, SHUT_RD, SHUT_RDWR })) {
  using listener = create_server(["127.0.0.1", 0]);
  using ada = socket(AF_INET, SOCK_STREAM);
  ada.connect(listener.getsockname());
  const [bob] = listener.accept();
  using _ = bob;
  for (const sock of [ada, bob]) sock.settimeout(0.1);

  console.log(`Ada calls shutdown(${name})`);
  ada.shutdown(how);
  // #region after
  tell("Bob receives", () => bob.recv(100));
  tell("Ada sends", () => ada.send(new Uint8Array(3)));
  tell("Ada receives", () => ada.recv(100));
  tell("Bob sends", () => bob.send(new Uint8Array(5)));
  tell("Ada receives", () => ada.recv(100));
  // #endregion
}

/** Makes a call and says what came of it; who waits for more than 0.1 s would wait on. */
function tell(what: string, call: () => number | Uint8Array): void {
  console.log(`  ${what}: ${outcome(call)}`);
}

function outcome(call: () => number | Uint8Array): string {
  try {
    const result = call();
    if (typeof result === "number") return `${result} bytes`;
    return result.length > 0 ? `${result.length} bytes` : "the end";
  } catch (error) {
    if (!(error instanceof OSError)) throw error;
    return error.code ?? "waits";
  }
}
