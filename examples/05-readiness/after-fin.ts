/**
 * What select() says of a socket before and after the peer's FIN.
 *
 * Lesson 5.
 *
 *     node examples/05-readiness/after-fin.ts
 *     deno run --allow-ffi examples/05-readiness/after-fin.ts
 *
 * @module
 */
import { select } from "#berkeley/select.ts";
import { SHUT_WR, socketpair } from "#berkeley/socket.ts";

const [near, far] = socketpair();
near.setblocking(false);
const look = (when: string) => {
  const [readable, writable] = select([near], [near], [], 0);
  console.log(`${when.padEnd(20)} readable: ${readable.length}, writable: ${writable.length}`);
};

look("nothing has come");
far.send(new Uint8Array(3));
look("three bytes came");
near.recv(3);
look("they were read");
far.shutdown(SHUT_WR);
look("the FIN came");
console.log(`recv() gives ${near.recv(3).length} bytes`);
look("the end was read");
console.log(`recv() gives ${near.recv(3).length} bytes`);
look("it was read again");
