/**
 * `course docs`: the site on this machine.
 *
 * @module
 */
import { once } from "node:events";
import process from "node:process";
import { serveSite } from "../site/serve.ts";

export const usage = "docs [port | build]";

export const summary = "Builds the site and serves it on this machine, or only builds it";

/** Builds, and serves until Ctrl-C unless the word is `build`. */
export async function run(words: string[]): Promise<number> {
  const [word = "0"] = words;
  if (words.length > 1 || (word !== "build" && !(/^\d+$/.test(word) && Number(word) < 65536))) {
    console.error(`docs wants a port, "build" or nothing, and got "${words.join(" ")}"`);
    return 2;
  }
  const { buildSite } = await import("../site/build.ts");
  const { folder, warnings } = await buildSite();
  if (warnings.length > 0) {
    console.error(`${warnings.join("\n")}\n\nThe site was not built: ${warnings.length} to mend`);
    return 1;
  }
  if (word === "build") {
    console.log(`The site is in ${folder}`);
    return 0;
  }
  try {
    const { url, close } = await serveSite(folder, Number(word));
    console.log(`The site is at ${url} until you press Ctrl-C`);
    endWith(process.env.COURSE_ENDS_WITH);
    await once(process, "SIGINT");
    close();
    return 0;
  } catch (error) {
    console.error((error as Error).message);
    return 2;
  }
}

/** Ends when the process that has started this is no more, even if it was killed. */
function endWith(pid: string | undefined): void {
  if (pid === undefined) return;
  setInterval(() => {
    if (process.ppid !== Number(pid)) process.exit();
  }, 500).unref();
}
