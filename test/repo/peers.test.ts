import { join } from "node:path";
import process from "node:process";
import { expect, test } from "vitest";
import { root } from "../../course/disk.ts";
import { flagsFor, here } from "../../course/runtimes.ts";
import { someBytes } from "#support/bytes.ts";
import type { Run } from "#support/child.ts";
import {} from "#support/program.ts";
import { Server } from "#support/server.ts";
import { missingTool, runTool } from "#support/tool.ts";

const isDeno = here === "deno";
const mebibyte = someBytes(1 << 20);

/** Our servers: what a TypeScript file needs to be run here, or python3. */
const servers: Record<string, Run> = {
  "echo-server.ts": typescript("examples/02-echo/echo-server.ts"),
  "the solution of 02/1": typescript("solutions/02-echo/1-echo-server.ts"),
  "one-at-a-time.ts": typescript("examples/04-blocking/one-at-a-time.ts"),
  "thread-per-client.ts": typescript("examples/04-blocking/thread-per-client.ts"),
  "the solution of 04/1": typescript("solutions/04-blocking/1-echo-in-turn.ts"),
  ...(isDeno ? { "echo-server-deno.ts": typescript("examples/02-echo/echo-server-deno.ts") } : {}),
  "echo_server.py": { command: "python3", args: [join(root, "test/peers/echo_server.py")] },
};

/** Clients: the words that a port is put between, and what they read from standard input. */
const clients: Record<string, (port: string) => { run: Run; input?: Uint8Array }> = {
  "echo-client.ts": (port) => ({
    run: typescript("examples/02-echo/echo-client.ts", port, "naïve €"),
  }),
  ...(isDeno
    ? {
      "echo-client-deno.ts": (port: string) => ({
        run: typescript("examples/02-echo/echo-client-deno.ts", port, "naïve €"),
      }),
    }
    : {}),
  "echo_client.py, a mebibyte and its SHA-256": (port) => ({
    run: {
      command: "python3",
      args: [join(root, "test/peers/echo_client.py"), port, "--random", String(1 << 20)],
    },
  }),
  "nc -N": (port) => ({
    run: { command: "nc", args: ["-N", "127.0.0.1", port] },
    input: mebibyte,
  }),
};

function typescript(file: string, ...args: string[]): Run {
  return { command: process.execPath, args: [...flagsFor(here, file), join(root, file), ...args] };
}

for (const [serverName, serverRun] of Object.entries(servers)) {
  for (const [clientName, client] of Object.entries(clients)) {
    test(`${serverName} serves ${clientName}`, async ({ skip }) => {
      const missing = missingTool(serverRun.command) || missingTool(client("0").run.command);
      if (missing) skip(missing);
      await using server = await Server.start(serverRun);
      const { run, input } = client(String(server.port));
      const { code, stdout, stderr } = await runTool(run.command, run.args, input);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      if (input) expect(Buffer.compare(stdout, input)).toBe(0);
      else if (clientName.endsWith(".ts")) {
        expect(String(stdout)).toContain('Received "naïve €" (10 bytes)');
      }
    });
  }
}

test("echo-server.ts serves many_clients.py", async ({ skip }) => {
  const missing = missingTool("python3");
  if (missing) skip(missing);
  await using server = await Server.start(servers["echo-server.ts"]!);
  const client = join(root, "test/peers/many_clients.py");
  const { code, stderr } = await runTool("python3", [client, String(server.port)]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});
