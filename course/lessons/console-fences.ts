/**
 * Reads the transcripts in a lesson.
 *
 *     ```console                 run on both runtimes; `1$` and `2$` are two terminals, `$` is one
 *     ```console linux           run on Linux only
 *     ```console linux ipv6      and only where there is the address ::1; ipv6 may stand alone
 *     ```console recorded file=  equal to a stored file, which names the command that made it
 *
 * Below a prompt stands all that its command printed during the whole transcript, on both of its
 * outputs. `^C` on a line of its own is where it was interrupted. A command whose line ends in a
 * backslash goes on in the next.
 *
 * @module
 */
import { type Fence, fileOf, type Markdown } from "./markdown.ts";
import type { Mistake } from "./mistakes.ts";
import type { Typed } from "./play.ts";

/** A console fence, read. */
export interface Transcript {
  /** the lesson, path from the root */
  file: string;
  fence: Fence;
  kind: "run" | "linux" | "recorded";
  /** whether it connects to ::1 */
  needsIpv6: boolean;
  commands: TypedAt[];
  /** what is wrong with how it is written */
  mistakes: Mistake[];
}

/** A command with its place in the lesson. */
export interface TypedAt extends Typed {
  /** line of its prompt in the lesson */
  line: number;
  /** lines of the fence: its prompt, its output, blank ones that end it */
  prompt: string[];
  blank: string[];
}

/** A prompt, the number of its terminal and the command. */
export const prompt: RegExp = /^(\d?)\$ (.+)$/;

/** The transcripts of a lesson. */
export function transcripts(markdown: Markdown): Transcript[] {
  return markdown.fences.filter((fence) => fence.language === "console").map((fence) => {
    const words = fence.words.filter((it) => !it.startsWith("file="));
    const needsIpv6 = words.includes("ipv6");
    const [kind = "run"] = words.filter((it) => it !== "ipv6");
    const transcript = { file: markdown.file, fence, needsIpv6, commands: commandsOf(fence) };
    const mistakes = writing(markdown.file, fence, kind, transcript.commands);
    return { ...transcript, kind: kind as Transcript["kind"], mistakes };
  });
}

function commandsOf({ body, line }: Fence): TypedAt[] {
  const commands: TypedAt[] = [];
  let last: TypedAt | undefined;
  body.forEach((text, i) => {
    const [, terminal, typed] = prompt.exec(text) ?? [];
    if (typed !== undefined) {
      last = {
        terminal: terminal!,
        text: typed,
        output: [],
        line: line + 1 + i,
        prompt: [text],
        blank: [],
      };
      commands.push(last);
    } else if (last?.text.endsWith("\\") && last.output.length === 0) {
      last.text += `\n${text}`;
      last.prompt.push(text);
    } else {
      last?.output.push(text.trimEnd());
    }
  });
  for (const it of commands) {
    while (it.output.at(-1) === "") it.blank.push(it.output.pop()!);
  }
  return commands;
}

function writing(file: string, fence: Fence, kind: string, commands: TypedAt[]): Mistake[] {
  const mistakes: Mistake[] = [];
  const wrong = (line: number, what: string) => mistakes.push({ file, line, what });
  if (!["run", "linux", "recorded"].includes(kind)) {
    wrong(fence.line, `A console fence is plain, "linux" or "recorded", got "${kind}"`);
  }
  if (kind === "recorded" && fileOf(fence) === undefined) {
    wrong(fence.line, "A recorded transcript must name its file: file=data/NN-slug/name.txt");
  }
  if (kind !== "recorded" && !prompt.test(fence.body[0] ?? "")) {
    wrong(fence.line + 1, 'A transcript must begin with a prompt, "$ ..." or "1$ ..."');
  }
  const plain = commands.filter(({ terminal }) => terminal === "").length;
  if (plain > 0 && plain < commands.length) {
    wrong(fence.line, 'A transcript has prompts "$" or prompts "1$" and "2$", this one has both');
  }
  return mistakes;
}
