/**
 * Ports on which nothing listens, and addresses that this machine has.
 *
 * @module
 */
import { once } from "node:events";
import net from "node:net";
import { networkInterfaces } from "node:os";

// Below the range from which the system takes ports for clients and for port 0 (32768 on Linux, 49152
// elsewhere; ip(7)), so that no one is given this port before the test uses it.
const lowest = 10_000;
const highest = 32_767;

/** A port of 127.0.0.1 that is free now, and that the system gives to no one else. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 1000; tries++) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    const server = net.createServer().listen(port, "127.0.0.1");
    try {
      await once(server, "listening");
      server.close();
      await once(server, "close");
      return port;
    } catch {
      // taken: the next one
    }
  }
  throw new Error(`There is no free port between ${lowest} and ${highest}`);
}

/** Whether this machine has an address, `"::1"`. */
export function hasAddress(address: string): boolean {
  return Object.values(networkInterfaces()).some((all) =>
    all?.some((it) => it.address === address)
  );
}

/** What listening on an address means, to be put behind it; empty when it says so itself. */
export function reach(address: string): string {
  return ["::", "[::]", "0.0.0.0"].includes(address) ? " (every network of the machine)" : "";
}
