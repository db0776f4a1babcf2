/**
 * Draws a conversation: time runs down, two lanes, an arrow for every segment, and beside the lanes
 * the states of both ends.
 *
 * @module
 */
import type { End, Segment } from "./capture.ts";
import { type State, type States, statesOf } from "./states.ts";
import { escape, svg } from "./svg.ts";

/** Where the lanes run, and how many characters of a payload fit between them. */
interface Lanes {
  left: number;
  right: number;
  characters: number;
}

const plain: Lanes = { left: 58, right: 288, characters: 28 };
/** with room for a state on either side */
const withStates: Lanes = { left: 88, right: 252, characters: 18 };

const top = 64;
/** how far an arrow falls on its way */
const slope = 10;
const rowHeight = 36;
/** what the bytes below an arrow, or the states before the first one, add */
const bytesHeight = 14;

const style = `
    .mono { font-family: ui-monospace, monospace; font-size: 11px; }
    .lane { stroke: var(--line); }
    .arrow { stroke: var(--ink); fill: none; }
    .arrow.syn { stroke: var(--first); } .arrow.fin { stroke: var(--second); }
    .arrow.rst { stroke: var(--third); }
    tspan { font-weight: 600; }
    tspan.syn { fill: var(--first); } tspan.fin { fill: var(--second); }
    tspan.rst { fill: var(--third); }`;

const stateStyle = `
    .state { font-size: 10px; }`;

/**
 * Draws a capture of one connection.
 *
 * @param title What the picture shows, for those who do not see it
 * @param segments In time; the first is sent by the client
 * @param options `states`: whether the ends' states are to stand beside their lanes
 * @returns The text of an SVG file
 */
export function drawSequence(
  title: string,
  segments: Segment[],
  { states: hasStates = false } = {},
): string {
  const [{ from: client, to: server }] = segments as [Segment];
  const lanes = hasStates ? withStates : plain;
  const states = hasStates ? statesOf(segments) : [];
  const first = hasStates ? drawStates({ lanes, is: states[0]!, client: 56, server: 56 }) : "";
  let y = hasStates ? top + bytesHeight : top;
  const rows = segments.map((segment, i) => {
    const byClient = isOf(client, segment);
    const row = drawSegment(segment, byClient, { lanes, y });
    const [sent, came] = [y + 16, y + slope + 16];
    const beside = hasStates
      ? drawStates({
        lanes,
        was: states[i]!,
        is: states[i + 1]!,
        client: byClient ? sent : came,
        server: byClient ? came : sent,
      })
      : "";
    y += rowHeight + (segment.payload.length > 0 ? bytesHeight : 0);
    return row + beside;
  });
  const lane = (x: number) => `  <path class="lane" d="M${x} 44V${y}"/>`;
  const steps = segments.map((segment, i) =>
    step(segment, isOf(client, segment)) +
    (hasStates ? said(states[i + 1]!, states[i]!) : "")
  );
  const body = `${end("client", client, lanes.left)}
${end("server", server, lanes.right)}
${lane(lanes.left)}
${lane(lanes.right)}${first}
${rows.join("\n")}`;
  const desc = [...hasStates ? [said(states[0]!).trim()] : [], ...steps].join(" ");
  return svg({
    title,
    desc,
    height: y + 12,
    style: hasStates ? style + stateStyle : style,
    body,
  });
}

/** Which states are to be drawn, and how far down. */
interface Beside {
  lanes: Lanes;
  /** undefined before the first segment */
  was?: States;
  is: States;
  client: number;
  server: number;
}

/** The states that are others than before, each on its own side. */
function drawStates({ lanes, was, is, client, server }: Beside): string {
  const text = (state: State, x: number, y: number, anchor: string) =>
    `\n  <text class="state" x="${x}" y="${y}" text-anchor="${anchor}">${state}</text>`;
  return (is.client === was?.client ? "" : text(is.client, lanes.left - 5, client, "end")) +
    (is.server === was?.server ? "" : text(is.server, lanes.right + 5, server, "start"));
}

/** The states that are others than before, in words. */
function said(is: States, was?: States): string {
  return (["client", "server"] as const).filter((end) => is[end] !== was?.[end])
    .map((end) => ` The ${end} is in ${is[end]}.`).join("");
}

function isOf({ address, port }: End, { from }: Segment): boolean {
  return from.address === address && from.port === port;
}

function end(name: string, { address, port }: End, x: number): string {
  return `  <text x="${x}" y="20" text-anchor="middle">${name}</text>
  <text class="faint" x="${x}" y="36" text-anchor="middle">${address}:${port}</text>`;
}

function drawSegment(
  segment: Segment,
  byClient: boolean,
  { lanes, y }: { lanes: Lanes; y: number },
): string {
  const kind = kindOf(segment);
  const middle = (lanes.left + lanes.right) / 2;
  const [from, to] = byClient ? [lanes.left, lanes.right] : [lanes.right, lanes.left];
  const back = byClient ? -1 : 1;
  // The head lies along the arrow.
  const head = `M${to + back * 9} ${y + slope - 5}L${to} ${y + slope}L${to + back * 8} ${
    y + slope + 4
  }`;
  const bytes = segment.payload.length > 0
    ? `\n  <text class="mono" x="${middle}" y="${y + slope + 12}" text-anchor="middle">${
      escape(shown(segment.payload, lanes.characters))
    }</text>`
    : "";
  return `  <text class="faint" x="2" y="${y + 4}">${time(segment.ms)}</text>
  <text x="${middle}" y="${y - 2}" text-anchor="middle">${label(segment, kind)}</text>
  <path class="arrow ${kind}" d="M${from} ${y}L${to} ${y + slope}${head}"/>${bytes}`;
}

function kindOf({ flags }: Segment): string {
  return ["RST", "SYN", "FIN"].find((flag) => flags.includes(flag))?.toLowerCase() ?? "";
}

function label({ flags, seq, ack, payload }: Segment, kind: string): string {
  const names = flags.length > 0 ? flags.join(", ") : "data";
  const size = payload.length > 0 ? `, ${payload.length} bytes` : "";
  const numbers = `seq ${seq}${ack === undefined ? "" : `, ack ${ack}`}${size}`;
  return `<tspan class="${kind}">${names}</tspan> ${numbers}`;
}

function step(segment: Segment, byClient: boolean): string {
  const { flags, seq, ack, payload, ms } = segment;
  const bytes = payload.length > 0 ? ` with ${payload.length} bytes, ${shown(payload)}` : "";
  return `After ${time(ms)} the ${byClient ? "client" : "server"} sends ${
    flags.join(" and ")
  }${bytes}: sequence number ${seq}${ack === undefined ? "" : `, acknowledgment ${ack}`}.`;
}

/** The first of the bytes as characters, as in a string of TypeScript; as many as there is room for. */
function shown(payload: Uint8Array, most = plain.characters): string {
  const characters = Array.from(payload, (byte) => JSON.stringify(String.fromCharCode(byte)))
    .map((text) => text.slice(1, -1));
  let text = "";
  let count = 0;
  for (const it of characters) {
    if (text.length + it.length > most) break;
    text += it;
    count++;
  }
  return count < payload.length ? `"${text}" ...` : `"${text}"`;
}

/** A time that fits before the lanes: of one that is long, nobody reads the hundredths. */
function time(ms: number): string {
  return `${ms.toFixed(ms < 1000 ? 2 : 0)} ms`;
}
