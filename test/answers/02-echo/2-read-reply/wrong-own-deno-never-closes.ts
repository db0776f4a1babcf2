/**
 * Wrong, own: takes the server's FIN for the end of its own socket too, and never closes it.
 *
 * Says: "had returned, and its socket was still open"
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
    if (n === null) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, n));
  }
}
