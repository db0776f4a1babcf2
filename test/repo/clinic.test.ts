import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { exists, names, root } from "../../course/disk.ts";
import { flagsFor, here } from "../../course/runtimes.ts";
import { diagnoses, services } from "../../solutions/18-troubleshooting/1-clinic.ts";
import { findings } from "#support/clinic.ts";
import { clinicFolder } from "#support/evidence.ts";
import { missingTool, runTool } from "#support/tool.ts";

const data = "lessons/data/18-troubleshooting";
const captures = [data, clinicFolder].flatMap((folder) =>
  names(folder).filter((name) => name.endsWith(".pcapng")).map((name) => `${folder}/${name}`)
);

/** What frames.ts prints of a capture. */
async function frames(capture: string): Promise<string[]> {
  const file = "examples/18-troubleshooting/frames.ts";
  const { stdout } = await runTool(process.execPath, [...flagsFor(here, file), file, capture]);
  return String(stdout).trimEnd().split("\n").map((line) => line.trim());
}

const flagNames = ["FIN", "SYN", "RST", "", "ACK"];

/** The same from tshark, but for the payload. */
async function tsharkFrames(capture: string): Promise<string[]> {
  const fields = ["frame.number", "frame.time_relative", "ip.src", "tcp.srcport", "tcp.flags"];
  fields.push("tcp.seq", "tcp.ack", "tcp.len");
  const words = fields.flatMap((field) => ["-e", field]);
  const relative = ["-o", "tcp.relative_sequence_numbers:TRUE"];
  const path = join(root, capture);
  const { stdout } = await runTool("tshark", ["-r", path, ...relative, "-T", "fields", ...words]);
  return String(stdout).trimEnd().split("\n").map((row) => {
    const [number, time, source, port, flags, seq, ack, length] = row.split("\t");
    const named = flagNames.filter((name, i) => name && Number(flags) & 1 << i);
    const acks = named.includes("ACK") ? ` ack ${ack}` : "";
    const bytes = length === "0" ? "" : `  ${length} bytes`;
    const seconds = Number(time).toFixed(6).padStart(9);
    return `${number} ${seconds}  ${source}:${port}  ${named.join(" ")}  seq ${seq}${acks}${bytes}`;
  });
}

describe.each(captures)("%s", (capture) => {
  test("is printed by frames.ts as tshark reads it", async ({ skip }) => {
    const missing = missingTool("tshark");
    if (missing) skip(missing);
    const printed = (await frames(capture)).map((line) => line.replace(/ ".*/, ""));
    expect(printed).toEqual(await tsharkFrames(capture));
  });
});

describe.each(Object.keys(services))("the %s", (service) => {
  test("has a log, what ss said and a capture", () => {
    const files = ["log", "ss", "pcapng"].map((ending) => `${clinicFolder}/${service}.${ending}`);
    expect(files.filter((file) => !exists(file))).toEqual([]);
  });

  test("has one cause that its evidence does not speak against, the one in the solution", () => {
    const { cause, proof } = diagnoses[service as keyof typeof diagnoses];
    expect(Object.keys(findings(service))).toEqual([cause]);
    expect(findings(service)[cause]).toContain(proof);
  });
});
