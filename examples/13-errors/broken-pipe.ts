/**
 * Writes to a peer that has closed, with the calls themselves: what each of them tells.
 *
 * Lesson 13.
 *
 *     node examples/13-errors/broken-pipe.ts
 *     deno run --allow-ffi examples/13-errors/broken-pipe.ts
 *
 * @module
 */
import { OSError } from "#berkeley/errors.ts";
import {
  AF_INET,
  create_server,
  SO_LINGER,
  SOCK_STREAM,
  socket,
  SOL_SOCKET,
} from "#berkeley/socket.ts";

const bytes = new TextEncoder().encode("hello");

/** Tells what a call does. */
function attempt(name: string, call: () => number): void {
  try {
    console.log(`  ${name}: ${call()} bytes`);
  } catch (error) {
    if (!(error instanceof OSError)) throw error;
    console.log(`  ${name}: ${error.name}, ${error.code}, errno ${error.errno}`);
  }
}

/** Both ends of a new connection. */
function connection() {
  using listener = create_server(["127.0.0.1", 0]);
  const near = socket(AF_INET, SOCK_STREAM);
  near.connect(listener.getsockname());
  const [far] = listener.accept();
  return { near, far };
}

// #region pipe
console.log("The peer has closed, and its FIN has come");
const { near, far } = connection();
far.close();
attempt("send()", () => near.send(bytes));
attempt("send()", () => near.send(bytes));
attempt("recv()", () => near.recv(100).length);
near.close();
// #endregion

console.log("The peer has reset the connection");
const { near: here, far: there } = connection();
there.setsockopt(SOL_SOCKET, SO_LINGER, new Uint8Array(new Int32Array([1, 0]).buffer));
there.close();
attempt("send()", () => here.send(bytes));
attempt("send()", () => here.send(bytes));
attempt("recv()", () => here.recv(100).length);
here.close();
