/**
 * Serves a folder of pages to this machine.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, sep } from "node:path";

/** A site that is being served. */
export interface ServedSite {
  /** `"http://127.0.0.1:8080/"` */
  url: string;
  /** Ends the server and its connections. */
  close(): void;
}

/**
 * Serves a folder to this machine and to no other.
 *
 * @param folder The folder, an absolute path
 * @param port The port on 127.0.0.1, any free one for 0
 * @throws {Error} When nothing can listen there
 */
export function serveSite(folder: string, port = 0): Promise<ServedSite> {
  const server = createServer(({ url }, response) => void send(folder, url!, response));
  const { promise, resolve, reject } = Promise.withResolvers<ServedSite>();
  server.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    const reason = code === "EADDRINUSE" ? "the port is taken" : message;
    reject(new Error(`Cannot serve the site on 127.0.0.1:${port}: ${reason}`));
  });
  server.listen(port, "127.0.0.1", () => {
    const { port } = server.address() as AddressInfo;
    const close = () => {
      server.close();
      server.closeAllConnections();
    };
    resolve({ url: `http://127.0.0.1:${port}/`, close });
  });
  return promise;
}

const types: Record<string, string> = {
  "": "text/plain",
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain",
};

async function send(folder: string, url: string, response: ServerResponse): Promise<void> {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*/, "")).replace(/\/$/, "/index.html");
    const file = join(folder, path);
    if (!file.startsWith(folder + sep)) throw new RangeError(`${path} is not in the site`);
    const body = await readFile(file);
    const type = types[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, {
      "content-type": `${type}; charset=utf-8`,
      "cache-control": "no-store",
    });
    response.end(body);
  } catch {
    response.writeHead(404, { "content-type": "text/plain" }).end("There is no such page\n");
  }
}
