/**
 * Connects where nobody listens, to one address and then to two, and prints the whole error.
 *
 * Lesson 3.
 *
 *     node examples/03-addresses/errors.ts
 *     deno run --allow-net=127.0.0.1:1,[::1]:1 examples/03-addresses/errors.ts
 *
 * @module
 */
import { once } from "node:events";
import { connect, isIP, type NetConnectOpts } from "node:net";

// #region show
/** Prints what is known of an error, and then the errors that it consists of. */
function show(error: unknown, indent = ""): void {
  const { name, code, message, address, port, errors = [] } = error as
    & NodeJS.ErrnoException
    & { address?: string; port?: number; errors?: unknown[] };
  console.log(`${indent}${name}, code ${code}, message "${message}"`);
  console.log(`${indent}  address ${address}, port ${port}`);
  for (const one of errors) show(one, `${indent}  `);
}
// #endregion

// Port 1 was given away in the 1980s, and hardly anybody listens there.
const port = 1;
const both = ["::1", "127.0.0.1"].map((address) => ({ address, family: isIP(address) }));

console.log("To 127.0.0.1:");
await tryToConnect({ host: "127.0.0.1", port });

console.log("To a name that has ::1 and 127.0.0.1:");
await tryToConnect({
  host: "localhost",
  port,
  lookup: (_name, _options, give) => give(null, both),
});

async function tryToConnect(options: NetConnectOpts): Promise<void> {
  const socket = connect(options);
  try {
    await once(socket, "connect");
    console.log("It connected: somebody does listen there");
  } catch (error) {
    show(error);
  }
  socket.destroy();
}
