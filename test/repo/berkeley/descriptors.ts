/**
 * Runs out of descriptors in the middle of each call; to be started with few of them.
 *
 *     sh -c 'ulimit -n 64; node test/repo/berkeley/descriptors.ts'
 *
 * @module
 */
import process from "node:process";
import { writeSync } from "node:fs";
import { OSError } from "#berkeley/errors.ts";
import { epoll } from "#berkeley/select.ts";
import {
  AF_INET,
  create_connection,
  create_server,
  SOCK_STREAM,
  type Socket,
  socket,
  socketpair,
} from "#berkeley/socket.ts";
import { EpollSelector } from "#berkeley/selectors.ts";

const listener = create_server(["127.0.0.1", 0]);
const to = listener.getsockname() as [string, number];
const held: Socket[] = [];

function code(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return error instanceof OSError ? `${error.name} ${error.code}` : String(error);
  }
  return "no error";
}

/** How many more can be opened. They are closed again, so nothing was lost. */
function room(): number {
  const more: Socket[] = [];
  while (code(() => more.push(socket(AF_INET, SOCK_STREAM))) === "no error");
  for (const it of more) it.close();
  return more.length;
}

const calls: Record<string, () => unknown> = {
  "socket()": () => socket(AF_INET, SOCK_STREAM),
  "socketpair()": () => socketpair(),
  "create_server()": () => create_server(["127.0.0.1", 0]),
  "create_connection()": () => create_connection(to),
  "create_connection(), all errors": () => create_connection(to, { all_errors: true }),
  "epoll()": () => epoll(),
  "EpollSelector": () => new EpollSelector(),
};

const client = socket(AF_INET, SOCK_STREAM);
client.connect(to);
const lines: string[] = [];
while (code(() => held.push(socket(AF_INET, SOCK_STREAM))) === "no error");
for (const [name, call] of Object.entries(calls)) lines.push(`${name}: ${code(call)}`);
lines.push(`accept(): ${code(() => listener.accept())}`);
held.pop()!.close();
lines.push(`socketpair() with one left: ${code(() => socketpair())}`, `room for ${room()}`);
// The connection has stayed in the queue.
const [conn] = listener.accept();
lines.push(
  `accept() then: ${JSON.stringify(conn.getpeername()) === JSON.stringify(client.getsockname())}`,
);
conn.close();
lines.push(`room for ${room()}`);
for (const it of held) it.close();
writeSync(1, `${lines.join("\n")}\n`);
process.exit(0);
