/**
 * Opens pages of the site, which is built and served at the first of them.
 *
 * @module
 */
import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import { createInterface } from "node:readline";
import { root } from "../disk.ts";

/** The site in a process of its own: building it would hold up whoever waits for a verdict. */
export class LocalSite {
  #url: Promise<string> | undefined;
  #server: ChildProcess | undefined;

  /**
   * Opens a page in the reader's browser.
   *
   * @param path From the site's root, `"lessons/02-echo.html"`
   * @returns The page's address, whether or not there is a browser to open it
   * @throws {Error} When the site cannot be built; its message says why
   */
  async open(path: string): Promise<string> {
    this.#url ??= this.#serve().catch((error) => {
      this.#url = undefined;
      throw error;
    });
    const page = `${await this.#url}${path}`;
    const [command, ...words] = browser(page);
    // Nobody hears of its end, and a machine without a browser is no error.
    spawn(command, words, { stdio: "ignore", detached: true }).on("error", () => {}).unref();
    return page;
  }

  /** Ends the server. */
  close(): void {
    const { pid, exitCode, signalCode } = this.#server ?? {};
    // Once it has ended, its number may be someone else's.
    if (pid && exitCode === null && signalCode === null) process.kill(pid);
  }

  async #serve(): Promise<string> {
    const flags = "Deno" in globalThis ? ["run", "-A"] : [];
    this.#server = spawn(process.execPath, [...flags, "course/main.mjs", "docs"], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, COURSE_ENDS_WITH: String(process.pid) },
    });
    this.#server.once("exit", () => this.#url = undefined);
    let complaint = "";
    this.#server.stderr!.setEncoding("utf8").on("data", (text) => complaint += text);
    for await (const line of createInterface({ input: this.#server.stdout! })) {
      const url = /^The site is at (\S+) /.exec(line)?.[1];
      if (url) return url;
    }
    throw new Error(complaint.trim() || "The site ended before it was served");
  }
}

/** The command that opens a page; BROWSER is what people set where no other way works. */
function browser(page: string): [string, ...string[]] {
  if (process.env.BROWSER) return [process.env.BROWSER, page];
  if (process.platform === "darwin") return ["open", page];
  if (process.platform === "win32") return ["cmd", "/c", "start", "", page];
  return ["xdg-open", page];
}
