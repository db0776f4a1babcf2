/**
 * Say in a sentence what this service does.
 *
 *     node exercises/06-events/2-answer-in-order.ts [port]
 *     deno run --allow-net=127.0.0.1 exercises/06-events/2-answer-in-order.ts [port]
 *
 * - Say what it promises.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

// TODO: Say what is to be written
throw new Error("Not written yet");
