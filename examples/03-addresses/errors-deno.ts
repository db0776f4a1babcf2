/**
 * Connects where nobody listens with Deno's own call, and prints the whole error.
 *
 * Lesson 3.
 *
 *     deno run --allow-net=127.0.0.1:1,gone.invalid:1 examples/03-addresses/errors-deno.ts [host]
 *
 * @module
 */
const hosts = Deno.args.length > 0 ? Deno.args : ["127.0.0.1", "192.0.2.1"];

for (const hostname of hosts) {
  try {
    using _conn = await Deno.connect({ hostname, port: 1 });
    console.log(`${hostname}: it connected, somebody does listen there`);
  } catch (error) {
    const { name, code, message } = error as Error & { code?: string };
    console.log(`${hostname}: ${name}, code ${code}`);
    console.log(`  message "${message}"`);
  }
}
