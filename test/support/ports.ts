/**
 * Ports on which nothing listens.
 *
 * @module
 */
import { once } from "node:events";
import net from "node:net";

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
