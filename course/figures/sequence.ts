/**
 * Draws a conversation: time runs down, two lanes, an arrow for every segment.
 *
 * @module
 */
import type { End, Segment } from "./capture.ts";
import { escape, svg } from "./svg.ts";

/** where the lanes run */
const lanes = { left: 58, right: 288 };
/** between the lanes */
const middle = (lanes.left + lanes.right) / 2;
const top = 64;
/** how far an arrow falls on its way */
const slope = 10;
const rowHeight = 36;
/** what the bytes below an arrow add */
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

/**
 * Draws a capture of one connection.
 *
 * @param title What the picture shows, for those who do not see it
 * @param segments In time; the first is sent by the client
 * @returns The text of an SVG file
 */
export function drawSequence(title: string, segments: Segment[]): string {
  const [{ from: client, to: server }] = segments as [Segment];
  let y = top;
  const rows = segments.map((segment) => {
    const row = drawSegment(segment, isOf(client, segment), y);
    y += rowHeight + (segment.payload.length > 0 ? bytesHeight : 0);
    return row;
  });
  const lane = (x: number) => `  <path class="lane" d="M${x} 44V${y}"/>`;
  const steps = segments.map((segment) => step(segment, isOf(client, segment)));
  const body = `${end("client", client, lanes.left)}
${end("server", server, lanes.right)}
${lane(lanes.left)}
${lane(lanes.right)}
${rows.join("\n")}`;
  return svg({ title, desc: steps.join(" "), height: y + 12, style, body });
}

function isOf({ address, port }: End, { from }: Segment): boolean {
  return from.address === address && from.port === port;
}

function end(name: string, { address, port }: End, x: number): string {
  return `  <text x="${x}" y="20" text-anchor="middle">${name}</text>
  <text class="faint" x="${x}" y="36" text-anchor="middle">${address}:${port}</text>`;
}

function drawSegment(segment: Segment, byClient: boolean, y: number): string {
  const kind = kindOf(segment);
  const [from, to] = byClient ? [lanes.left, lanes.right] : [lanes.right, lanes.left];
  const back = byClient ? -1 : 1;
  // The head lies along the arrow.
  const head = `M${to + back * 9} ${y + slope - 5}L${to} ${y + slope}L${to + back * 8} ${
    y + slope + 4
  }`;
  const bytes = segment.payload.length > 0
    ? `\n  <text class="mono" x="${middle}" y="${y + slope + 12}" text-anchor="middle">${
      escape(shown(segment.payload))
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
function shown(payload: Uint8Array): string {
  const most = 28;
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
