/**
 * Right: messages in capitals, events without once(), and clients under a number each.
 *
 * Refused by a test that wants the words of a message in small letters, or the code in the message.
 *
 * @module
 */
import type { AddressInfo, ListenOptions, Server } from "node:net";

export interface LocalServer {
  host: string;
  port: number;
  clients(): string[];
}

const headlines = new Map([["EADDRINUSE", "TAKEN"], ["EACCES", "NOT ALLOWED"]]);

/** Those who are here, under the number of their coming. */
class Guests {
  readonly #here = new Map<number, string>();
  #came = 0;

  watch(server: Server): void {
    server.addListener("connection", (socket) => {
      const number = this.#came++;
      this.#here.set(number, `${socket.remoteAddress}:${socket.remotePort}`);
      socket.addListener("close", () => this.#here.delete(number));
    });
  }

  list(): string[] {
    return Array.from(this.#here.values());
  }
}

export async function listenLocal(server: Server, port?: number): Promise<LocalServer> {
  const guests = new Guests();
  guests.watch(server);
  const options: ListenOptions = { host: "127.0.0.1", port: port ?? 0 };
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.on("listening", resolve).on("error", reject).listen(options);
  try {
    await promise;
  } catch (cause) {
    const { code = "", message } = cause as NodeJS.ErrnoException;
    const headline = headlines.get(code) ?? message.toUpperCase();
    throw new Error(`${headline}! (127.0.0.1:${options.port})`, { cause });
  } finally {
    server.off("listening", resolve).off("error", reject);
  }
  const at = server.address() as AddressInfo;
  return { ...at, host: at.address, clients: () => guests.list() };
}
