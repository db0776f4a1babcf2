/**
 * The states of both ends of a connection, as its segments lead them: RFC 9293, figure 5.
 *
 * @module
 */
import type { Segment } from "./capture.ts";

/** A state of RFC 9293, section 3.3.2. */
export type State =
  | "CLOSED"
  | "LISTEN"
  | "SYN-SENT"
  | "SYN-RECEIVED"
  | "ESTABLISHED"
  | "FIN-WAIT-1"
  | "FIN-WAIT-2"
  | "CLOSE-WAIT"
  | "CLOSING"
  | "LAST-ACK"
  | "TIME-WAIT";

/** In which state each end is. */
export interface States {
  client: State;
  server: State;
}

/** One end: its state, and the number behind its FIN once that is sent. */
class EndOfConnection {
  state: State;
  #acknowledgesFin = Infinity;

  constructor(state: State) {
    this.state = state;
  }

  sends({ flags, seq, payload }: Segment): void {
    if (flags.includes("RST")) this.#reset();
    else if (flags.includes("SYN")) this.#go({ "CLOSED": "SYN-SENT" });
    else if (flags.includes("FIN")) {
      // A FIN takes a number behind the bytes that travel with it.
      this.#acknowledgesFin = seq + payload.length + 1;
      this.#go({
        "SYN-RECEIVED": "FIN-WAIT-1",
        "ESTABLISHED": "FIN-WAIT-1",
        "CLOSE-WAIT": "LAST-ACK",
      });
    }
  }

  receives({ flags, ack = 0 }: Segment): void {
    if (flags.includes("RST")) return this.#reset();
    if (flags.includes("SYN")) this.#go({ "LISTEN": "SYN-RECEIVED", "SYN-SENT": "ESTABLISHED" });
    else if (flags.includes("ACK")) this.#go({ "SYN-RECEIVED": "ESTABLISHED" });
    if (ack >= this.#acknowledgesFin) {
      this.#go({ "FIN-WAIT-1": "FIN-WAIT-2", "CLOSING": "TIME-WAIT", "LAST-ACK": "CLOSED" });
    }
    if (flags.includes("FIN")) {
      this.#go({
        "ESTABLISHED": "CLOSE-WAIT",
        "FIN-WAIT-1": "CLOSING",
        "FIN-WAIT-2": "TIME-WAIT",
      });
    }
  }

  #go(from: Partial<Record<State, State>>): void {
    this.state = from[this.state] ?? this.state;
  }

  #reset(): void {
    // A listener goes on whatever a client does.
    if (this.state !== "LISTEN") this.state = this.state === "SYN-RECEIVED" ? "LISTEN" : "CLOSED";
  }
}

/**
 * The states before the first segment of a connection and behind each of them. What arrives does so
 * in order and at once, but for two FINs that cross: that is all that a small capture needs.
 *
 * @param segments From the SYN on
 * @returns One more than there are segments
 */
export function statesOf(segments: Segment[]): States[] {
  const isRefused = segments[1]?.flags.includes("RST") ?? false;
  const client = new EndOfConnection("CLOSED");
  const server = new EndOfConnection(isRefused ? "CLOSED" : "LISTEN");
  const now = () => ({ client: client.state, server: server.state });
  const all = [now()];
  let crossing: Segment | undefined;
  for (const [i, segment] of segments.entries()) {
    const byClient = isFrom(segments[0]!, segment);
    const [sender, receiver] = byClient ? [client, server] : [server, client];
    sender.sends(segment);
    if (crossing && !isFrom(crossing, segment)) {
      sender.receives(crossing);
      crossing = undefined;
    }
    if (isCrossed(segment, segments.slice(i + 1))) crossing = segment;
    else receiver.receives(segment);
    all.push(now());
  }
  return all;
}

function isFrom({ from: { address, port } }: Segment, { from }: Segment): boolean {
  return from.address === address && from.port === port;
}

/** Whether the other end sent a FIN of its own before this one had come. */
function isCrossed(segment: Segment, later: Segment[]): boolean {
  const next = later.find((it) => !isFrom(segment, it));
  return segment.flags.includes("FIN") && next?.flags.includes("FIN") === true &&
    next.ack! <= segment.seq + segment.payload.length;
}
