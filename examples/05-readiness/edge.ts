/**
 * Level and edge: what epoll says of a socket of which only a part was read.
 *
 * Lesson 5.
 *
 *     node examples/05-readiness/edge.ts
 *     deno run --allow-ffi examples/05-readiness/edge.ts
 *
 * @module
 */
import { epoll, EPOLLET, EPOLLIN } from "#berkeley/select.ts";
import { socketpair } from "#berkeley/socket.ts";

for (const [name, mask] of [["level", EPOLLIN], ["edge", EPOLLIN | EPOLLET]] as const) {
  // #region edge
  const [near, far] = socketpair();
  near.setblocking(false);
  using set = epoll();
  set.register(near, mask);
  const isTold = () => set.poll(0.1).length > 0; // waits for 100 ms at most

  console.log(`${name}-triggered`);
  far.send(new TextEncoder().encode("0123456789"));
  console.log(`  ten bytes came        told: ${isTold()}`);
  near.recv(5);
  console.log(`  five of them read     told: ${isTold()}`);
  console.log(`  nothing done          told: ${isTold()}`);
  far.send(new TextEncoder().encode("!"));
  console.log(
    `  one more came         told: ${isTold()}, and recv() gives ${near.recv(99).length}`,
  );
  console.log(`  all of them read      told: ${isTold()}`);
  // #endregion
  near.close();
  far.close();
}
