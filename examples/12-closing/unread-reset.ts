/**
 * A server sends 200,000 bytes to a client that reads late, and closes: with bytes of the client's
 * unread, with all of them read, and in the safe order.
 *
 * Lesson 12.
 *
 *     node examples/12-closing/unread-reset.ts
 *     deno run --allow-ffi examples/12-closing/unread-reset.ts
 *
 * @module
 */
import { OSError } from "#berkeley/errors.ts";
import {
  AF_INET,
  create_server,
  SHUT_WR,
  SOCK_STREAM,
  type Socket,
  socket,
} from "#berkeley/socket.ts";

const reply = new Uint8Array(200_000);

// #region ways
play("closed with 1000 bytes unread", (server) => {
  server.sendall(reply);
  server.close();
});

play("closed with everything read", (server) => {
  server.recv(1000);
  server.sendall(reply);
  server.close();
});

play("shut down first, read, then closed", (server) => {
  server.sendall(reply);
  server.shutdown(SHUT_WR);
  readToTheEnd(server);
  server.close();
});
// #endregion

function play(how: string, serve: (server: Socket) => void): void {
  using listener = create_server(["127.0.0.1", 0]);
  using client = socket(AF_INET, SOCK_STREAM);
  client.connect(listener.getsockname());
  client.sendall(new Uint8Array(1000));
  client.shutdown(SHUT_WR);
  const [server] = listener.accept();
  serve(server);
  console.log(`${how}:`);
  console.log(`  the client got ${readToTheEnd(client)}`);
}

/** Reads until there is no more, and says how much it was and what came behind it. */
function readToTheEnd(sock: Socket): string {
  let count = 0;
  try {
    for (let bytes = sock.recv(65536); bytes.length > 0; bytes = sock.recv(65536)) {
      count += bytes.length;
    }
    return `${howMany(count)}, then FIN`;
  } catch (error) {
    if (!(error instanceof OSError)) throw error;
    return `${howMany(count)}, then ${error.code}`;
  }
}

/** How many exactly depends on the kernel's buffers. */
function howMany(count: number): string {
  return count < reply.length ? "a part of it" : `${count} bytes`;
}
