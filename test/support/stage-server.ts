/**
 * A server in the hands of a test, for a client that an answer makes.
 *
 * @module
 */
import { once } from "node:events";
import net from "node:net";
import { Peer } from "./peer.ts";
import type { Story } from "./story.ts";

/** What becomes of the part that a server plays for one client. */
export interface Part {
  peer: Peer;
  /** settles when the part is played; never rejects */
  played: Promise<void>;
}

/** How a server is opened. */
export interface ServeOptions {
  /** what the story calls it; `the server` unless told */
  name?: string;
  /** the address it listens on; `127.0.0.1` unless told */
  address?: string;
}

/** A server that plays the same part for every connection. */
export class StageServer implements AsyncDisposable {
  readonly #server: net.Server = net.createServer({ allowHalfOpen: true });
  readonly #parts: Part[] = [];
  readonly #atEnd: () => void;

  private constructor(atEnd: () => void) {
    this.#atEnd = atEnd;
  }

  /**
   * Listens on a free port.
   *
   * @param play Begins to play its part for a client
   * @param atEnd Called at the end of its scope, when all parts are played
   */
  static async open(
    story: Story,
    play: (peer: Peer) => Promise<void>,
    atEnd: () => void,
    { name = "the server", address = "127.0.0.1" }: ServeOptions = {},
  ): Promise<StageServer> {
    const stage = new StageServer(atEnd);
    stage.#server.on("connection", (socket) => {
      story.tell(`${name} accepted a connection`);
      const peer = new Peer(name, socket, { story });
      stage.#parts.push({ peer, played: play(peer) });
    });
    stage.#server.listen(0, address);
    await once(stage.#server, "listening");
    return stage;
  }

  /** The port to connect to. */
  get port(): number {
    return (this.#server.address() as net.AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { played } of this.#parts) await played;
    for (const { peer } of this.#parts) await peer[Symbol.asyncDispose]();
    this.#server.close();
    this.#atEnd();
  }
}
