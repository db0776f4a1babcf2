/**
 * Connects, says nothing, reads up to the server's FIN, and closes.
 *
 * Lesson 12.
 *
 *     node examples/12-closing/hear-out.ts [port] [host]
 *     deno run --allow-ffi examples/12-closing/hear-out.ts [port] [host]
 *
 * @module
 */
import { Buffer } from "node:buffer";
import process from "node:process";
import { OSError } from "#berkeley/errors.ts";
import { AF_INET, SOCK_STREAM, socket } from "#berkeley/socket.ts";

const [port = "65432", host = "127.0.0.1"] = process.argv.slice(2);

using sock = socket(AF_INET, SOCK_STREAM);
sock.connect([host, Number(port)]);
try {
  for (let bytes = sock.recv(65536); bytes.length > 0; bytes = sock.recv(65536)) {
    console.log(`Received ${JSON.stringify(Buffer.from(bytes).toString())}`);
  }
  console.log("Received FIN");
} catch (error) {
  if (!(error instanceof OSError)) throw error;
  console.log(`Received RST: ${error.code}`);
}
