/**
 * The echo client once more, with Deno's own calls instead of `node:net`.
 *
 * Lesson 2.
 *
 *     deno run --allow-net=127.0.0.1 examples/02-echo/echo-client-deno.ts [port] [text]
 *
 * @module
 */
const port = Number(Deno.args[0] ?? 65432);
const text = Deno.args[1] ?? "Is anybody there?";

try {
  // Resolves when the connection stands, rejects when it cannot. `using` closes it at the end of
  // this block, whether we get there or throw.
  using conn = await Deno.connect({ hostname: "127.0.0.1", port });

  // write() may take less than it is given and says how much it took: offer the rest again.
  const request = new TextEncoder().encode(text);
  for (let sent = 0; sent < request.length;) {
    sent += await conn.write(request.subarray(sent));
  }
  // The half-close: our FIN goes out, reading goes on.
  await conn.closeWrite();
  console.log(`Sent "${text}" (${request.length} bytes)`);

  // read() fills some of the buffer and says how much. Null is the server's FIN: the reply is
  // whole. The decoder keeps half a character until its other half arrives.
  const buffer = new Uint8Array(65536);
  const decoder = new TextDecoder();
  let reply = "";
  let received = 0;
  for (;;) {
    const count = await conn.read(buffer);
    if (count === null) break;
    received += count;
    reply += decoder.decode(buffer.subarray(0, count), { stream: true });
  }
  console.log(`Received "${reply}" (${received} bytes)`);
} catch (error) {
  const refused = error instanceof Deno.errors.ConnectionRefused;
  const reason = refused ? "nobody listens there" : error;
  console.error(`No complete reply from 127.0.0.1:${port}: ${reason}`);
  Deno.exitCode = 1;
}
