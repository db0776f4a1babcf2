/**
 * Draws the playbook: a connection's life from top to bottom, and what is seen at each step of it.
 *
 * @module
 */
import { read } from "../disk.ts";
import { parsePlaybook, type Symptom } from "../lessons/playbook.ts";
import { escape, svg, width } from "./svg.ts";

const style = `
    .step { font-weight: 600; fill: var(--first); }
    .name { font-weight: 600; }
    .type { font: 11px ui-monospace, monospace; fill: var(--second); }
    .life { stroke: var(--line); stroke-width: 2; }`;

/** Where the line of life goes down, and where the words begin. */
const [lineX, textX] = [14, 30];

/** So many letters go into a line: of prose, of what is typed. */
const [proseLetters, typedLetters] = [54, 44];

/** Lines of text, and the gaps behind a symptom and before a step. */
const [lineHeight, symptomGap, stepGap] = [15, 8, 12];

/**
 * Draws the playbook.
 *
 * @param source The page, a path from the root
 * @returns The text of an SVG file
 */
export function drawPlaybook(source: string): string {
  const symptoms = parsePlaybook(source, read(source));
  const body: string[] = [];
  let y = 8;
  for (const [step, mine] of Map.groupBy(symptoms, (it) => it.step)) {
    y += stepGap + lineHeight;
    body.push(`  <text class="step" x="${textX}" y="${y}">${escape(step)}</text>`);
    for (const symptom of mine) {
      const lines = linesOf(symptom);
      body.push(`  <circle cx="${lineX}" cy="${y + lineHeight}" r="4" fill="var(--first)"/>`);
      for (const { kind, text } of lines) {
        y += lineHeight;
        body.push(`  <text class="${kind}" x="${textX}" y="${y + 4}">${escape(text)}</text>`);
      }
      const top = y + 4 - (lines.length - 1) * lineHeight;
      body.push(
        `  <text class="faint" x="${
          width - 12
        }" y="${top}" text-anchor="end">${symptom.exercise}</text>`,
      );
      y += symptomGap;
    }
  }
  const height = y + 16;
  return svg({
    title: "A connection's life, and what goes wrong in it",
    desc: symptoms.map((it) => `${it.step}, ${it.see}: ${it.means}; type next: ${it.type}`)
      .join(". "),
    height,
    style,
    body: [`  <path class="life" d="M${lineX} 16V${height - 12}"/>`, ...body].join("\n"),
  });
}

function linesOf({ see, means, type }: Symptom): { kind: string; text: string }[] {
  return [
    { kind: "name", text: see },
    ...wrap(means, proseLetters).map((text) => ({ kind: "faint", text })),
    ...wrap(type, typedLetters).map((text) => ({ kind: "type", text })),
  ];
}

/** Text in lines of so many letters. */
function wrap(text: string, letters: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trimStart();
    if (longer.length > letters) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
