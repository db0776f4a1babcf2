/**
 * Sends numbers, ends its direction, and waits for their sum.
 *
 * Lesson 12.
 *
 *     node examples/12-closing/sum-client.ts [port] [host] [numbers]
 *     deno run --allow-net=127.0.0.1 examples/12-closing/sum-client.ts [port] [host] [numbers]
 *
 * @module
 */
import { connect } from "node:net";
import process from "node:process";

const [port = "65432", host = "127.0.0.1", numbers = "3 4 35"] = process.argv.slice(2);

const socket = connect(Number(port), host);
socket.end(numbers);
console.log(`Sent "${numbers}", then FIN`);

let reply = "";
socket.setEncoding("latin1");
socket.on("data", (piece) => reply += piece);
socket.on("end", () => console.log(`Received ${JSON.stringify(reply)}, then FIN`));
socket.on("error", (error) => {
  console.log(`Received ${JSON.stringify(reply)}, then an error: ${error.message}`);
});
