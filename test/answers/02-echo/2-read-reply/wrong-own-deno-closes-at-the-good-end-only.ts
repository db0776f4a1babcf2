/**
 * Wrong, own: closes its connection after a whole reply, and leaves it open when reading fails.
 *
 * Says: "had failed, and its socket was still open"
 * Runtime: deno
 *
 * @module
 */
export async function requestReply(port: number, request: Uint8Array): Promise<Uint8Array> {
  const conn = await Deno.connect({ port, hostname: "127.0.0.1" });
  for (let at = 0; at < request.length;) at += await conn.write(request.subarray(at));
  await conn.closeWrite();
  const chunks: Uint8Array[] = [];
  for (;;) {
    const chunk = new Uint8Array(65_536);
    const n = await conn.read(chunk);
    if (n === null) break;
    chunks.push(chunk.subarray(0, n));
  }
  conn.close();
  return Buffer.concat(chunks);
}
