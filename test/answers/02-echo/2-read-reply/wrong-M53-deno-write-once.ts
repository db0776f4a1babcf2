/**
 * Wrong, M53: takes Deno's write() for one that writes everything.
 *
 * Says: "It ended (FIN) after"
 * Runtime: deno
 *
 * @module
 */

export async function requestReply(port: number, request: Uint8Array): Promise<Uint8Array> {
  using conn = await Deno.connect({ port, hostname: "127.0.0.1" });
  await conn.write(request);
  await conn.closeWrite();
  return new Uint8Array(await new Response(conn.readable).arrayBuffer());
}
