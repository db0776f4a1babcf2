/**
 * Golden bytes that no answer has made: what Python's struct packs, stored and live.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../course/disk.ts";
import { fromHex } from "./hex.ts";
import { runTool } from "./tool.ts";

/** What a header of lesson 9 says, and how it is packed. */
export interface HeaderVector {
  /** `"a name in Greek"` */
  what: string;
  header: StationHeader;
  /** its `celsius`, as 32 bits hold it */
  rounded: number;
  bytes: Uint8Array;
}

/** The fields of a header of lesson 9, exercise 1. */
export interface StationHeader {
  signalDbm: number;
  payloadBytes: number;
  altitudeCm: number;
  timeNs: bigint;
  driftNs: bigint;
  celsius: number;
  device: Uint8Array;
  name: string;
}

/** The headers in lessons/data/09-numbers/headers.tsv, in their order. */
export function storedHeaders(): HeaderVector[] {
  const table = readFileSync(join(root, "lessons/data/09-numbers/headers.tsv"), "utf8").trimEnd();
  const rows = table.split("\n").filter((line) => !line.startsWith("#")).slice(1);
  return rows.map((row) => {
    const [what = "", header = "", rounded = "", bytes = ""] = row.split("\t");
    const { timeNs, driftNs, celsius, device, ...rest } = JSON.parse(header);
    return {
      what,
      header: {
        ...rest,
        timeNs: BigInt(timeNs),
        driftNs: BigInt(driftNs),
        celsius: Number(celsius),
        device: fromHex(device),
      },
      rounded: Number(rounded),
      bytes: fromHex(bytes),
    };
  });
}

/**
 * Has headers packed by python3, here and now.
 *
 * @throws {Error} When it cannot
 */
export async function packedByPython(headers: StationHeader[]): Promise<Uint8Array[]> {
  const lines = headers.map(({ timeNs, driftNs, celsius, device, ...rest }) =>
    JSON.stringify({
      ...rest,
      timeNs: String(timeNs),
      driftNs: String(driftNs),
      celsius: Object.is(celsius, -0) ? "-0" : String(celsius),
      device: Buffer.from(device).toString("hex"),
    })
  );
  const peer = join(root, "test/peers/pack_headers.py");
  const { code, stdout, stderr } = await runTool("python3", [peer, "--stdin"], lines.join("\n"));
  if (code !== 0) throw new Error(`python3 ended with ${code}: ${stderr}`);
  return Buffer.from(stdout).toString().trimEnd().split("\n").map(fromHex);
}
