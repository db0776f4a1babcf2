import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { names, read, root } from "../../course/disk.ts";
import { flagsFor, here } from "../../course/runtimes.ts";
import { parseHeader } from "../../solutions/01-tcp/1-parse-header.ts";
import { type StoredSegment, storedSegments, tsharkReads } from "#support/captures.ts";
import { missingTool, runTool } from "#support/tool.ts";

const captures = names("lessons/data/01-tcp").filter((name) => name.endsWith(".pcapng"));
const segments = storedSegments();
const of = (capture: string) => segments.filter((it) => `${it.capture}.pcapng` === capture);
const flagNames = ["cwr", "ece", "urg", "ack", "psh", "rst", "syn", "fin"] as const;

/** tshark's numbers of a segment, by our own names; `undefined` where there is none. */
function wanted({ fields }: StoredSegment): Record<string, unknown> {
  const { flagBits, sack = [], timestamps, ...rest } = tsharkReads(fields);
  return {
    ...rest,
    flags: flagNames.filter((_name, i) => (flagBits & 0x80 >> i) !== 0),
    sack: sack.map(({ left, right }) => [left, right]),
    timestamps: [timestamps?.value, timestamps?.echo],
    payload: Number(fields["tcp.len"]),
  };
}

function parsed({ bytes }: StoredSegment): Record<string, unknown> {
  const { flags, options, ...header } = parseHeader(bytes);
  const { mss, windowScale, sackPermitted, sack = [], timestamps } = options;
  return {
    ...header,
    flags: flagNames.filter((name) => flags[name]),
    mss,
    windowScale,
    sackPermitted,
    sack: sack.map(({ left, right }) => [left, right]),
    timestamps: [timestamps?.value, timestamps?.echo],
    payload: bytes.length - header.payloadOffset,
  };
}

/** The same from what layers.ts prints. */
function printed(text: string): Record<string, unknown> {
  const tcp = text.slice(text.indexOf("\nTCP\n"));
  const number = (form: RegExp) => {
    const found = form.exec(tcp)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const [, flags = ""] = /^ *47 {2}\S\S +(.*)$/m.exec(tcp) ?? [];
  const [, hex = ""] = /\nPayload\n *\d+ {2}((?:[\da-f]{2} ?)*)/.exec(tcp) ?? [];
  return {
    sourcePort: number(/from port (\d+)/),
    destinationPort: number(/to port (\d+)/),
    sequenceNumber: number(/sequence number (\d+)/),
    acknowledgmentNumber: number(/acknowledgment number (\d+)/),
    payloadOffset: number(/data offset \d+: (\d+) bytes/),
    flags: flags.toLowerCase().split(" "),
    window: number(/\bwindow (\d+)/),
    checksum: number(/checksum (0x[\da-f]{4})/),
    urgentPointer: number(/urgent pointer (\d+)/),
    mss: number(/MSS (\d+)/),
    windowScale: number(/window scale (\d+)/),
    sackPermitted: tcp.includes("SACK permitted"),
    sack: [...(/SACK (\d.*)/.exec(tcp)?.[1] ?? "").matchAll(/(\d+) to (\d+)/g)]
      .map(([, left, right]) => [Number(left), Number(right)]),
    timestamps: [number(/timestamp (\d+)/), number(/echo (\d+)/)],
    payload: hex.split(" ").filter(Boolean).length,
  };
}

/** What layers.ts prints of a frame. */
async function layers(capture: string, frame: number): Promise<string> {
  const file = "examples/01-tcp/layers.ts";
  const words = [...flagsFor(here, file), file, `lessons/data/01-tcp/${capture}`, String(frame)];
  const { stdout, stderr } = await runTool(process.execPath, words);
  expect(stderr).toBe("");
  return String(stdout);
}

describe.each(captures)("lessons/data/01-tcp/%s", (capture) => {
  test("is what tshark reads, segment by segment", async ({ skip }) => {
    const missing = missingTool("tshark");
    if (missing) skip(missing);
    const fields = Object.keys(of(capture)[0]!.fields);
    const words = ["-r", join(root, "lessons/data/01-tcp", capture), "-T", "fields"];
    const { stdout } = await runTool("tshark", [
      ...words,
      ...["-o", "tcp.relative_sequence_numbers:FALSE"],
      ...fields.flatMap((field) => ["-e", field]),
    ]);
    const rows = String(stdout).replace(/\n$/, "").split("\n").map((row) => row.split("\t"));
    expect(rows).toEqual(of(capture).map((it) => Object.values(it.fields)));
  });

  test("has headers that the solution reads as tshark does", () => {
    expect(of(capture).map(parsed)).toEqual(of(capture).map(wanted));
  });

  test("has headers that layers.ts prints as tshark reads them", async () => {
    for (const segment of of(capture)) {
      expect(printed(await layers(capture, segment.frame))).toEqual(wanted(segment));
    }
  });

  test("has the script that made it beside it", () => {
    expect(read(`lessons/data/01-tcp/${capture.replace(".pcapng", ".sh")}`)).toContain(capture);
  });
});
