/**
 * Looks names up, and prints their addresses in the order in which they will be tried.
 *
 * Lesson 3.
 *
 *     node examples/03-addresses/lookup.ts [name]
 *     deno run --allow-net=localhost,gone.invalid examples/03-addresses/lookup.ts [name]
 *
 * @module
 */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import process from "node:process";

const names = process.argv.length > 2 ? process.argv.slice(2) : ["localhost"];

for (const name of names) console.log(`${name} ${await addresses(name)}`);

async function addresses(name: string): Promise<string> {
  // #region lookup
  const version = isIP(name);
  if (version > 0) return `is an IPv${version} address: there is nothing to look up`;
  try {
    // The system's own lookup, getaddrinfo(3), as connect() uses it: it reads the hosts file, and
    // asks a name server for what is not in there.
    const found = await lookup(name, { all: true });
    return `has ${found.map(({ address }) => address).join(", then ")}`;
  } catch (error) {
    return `was not found: ${(error as NodeJS.ErrnoException).code}`;
  }
  // #endregion
}
