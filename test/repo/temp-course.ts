/**
 * A small course in a folder of its own, to try the gate on.
 *
 * @module
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Markdown, parseMarkdown } from "../../course/lessons/markdown.ts";

/** Files in a new folder, which is removed with all that is in it. */
export class TempCourse implements Disposable {
  /** absolute path of the folder */
  readonly root: string = mkdtempSync(join(tmpdir(), "tcp-by-hand-"));

  /**
   * Makes the folder.
   *
   * @param files Their texts, by their paths from the folder
   */
  constructor(files: Record<string, string>) {
    this.write("package.json", '{ "type": "module" }');
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  /** Writes one more file. */
  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  /** Reads one of its files as markdown. */
  markdown(path: string): Markdown {
    return parseMarkdown(path, readFileSync(join(this.root, path), "utf8"));
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Joins lines to a text, with a newline at its end. */
export function text(...lines: string[]): string {
  return `${lines.join("\n")}\n`;
}
