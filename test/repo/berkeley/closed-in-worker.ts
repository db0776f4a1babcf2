/**
 * In a worker, tells its main thread what connect_ex() gives of closed sockets.
 *
 * @module
 */
import { parentPort } from "node:worker_threads";
import { AF_INET, AF_UNIX, SOCK_STREAM, socket } from "#berkeley/socket.ts";

const stream = socket(AF_INET, SOCK_STREAM);
const here = socket(AF_UNIX, SOCK_STREAM);
stream.close();
here.close();
parentPort!.postMessage([stream.connect_ex(["127.0.0.1", 1]), here.connect_ex("\0nobody")]);
