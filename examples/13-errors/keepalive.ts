/**
 * What keepalive is when nobody has changed it. Linux only.
 *
 * Lesson 13.
 *
 *     node examples/13-errors/keepalive.ts
 *     deno run --allow-ffi examples/13-errors/keepalive.ts
 *
 * @module
 */
import {
  AF_INET,
  IPPROTO_TCP,
  SO_KEEPALIVE,
  SOCK_STREAM,
  socket,
  SOL_SOCKET,
  TCP_KEEPCNT,
  TCP_KEEPIDLE,
  TCP_KEEPINTVL,
} from "#berkeley/socket.ts";

using sock = socket(AF_INET, SOCK_STREAM);
const isOn = sock.getsockopt(SOL_SOCKET, SO_KEEPALIVE);
const idle = sock.getsockopt(IPPROTO_TCP, TCP_KEEPIDLE);
const interval = sock.getsockopt(IPPROTO_TCP, TCP_KEEPINTVL);
const count = sock.getsockopt(IPPROTO_TCP, TCP_KEEPCNT);
console.log(`SO_KEEPALIVE   ${isOn}`);
console.log(`TCP_KEEPIDLE   ${idle} seconds until the first probe`);
console.log(`TCP_KEEPINTVL  ${interval} seconds between two probes`);
console.log(`TCP_KEEPCNT    ${count} probes without an answer, and it is over`);
console.log(`A dead machine is noticed after ${(idle + interval * count) / 60} minutes`);
