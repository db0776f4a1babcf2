/**
 * The story of a test: what was done and seen, step by step, in time.
 *
 * @module
 */
import { describeBytes } from "./hex.ts";

interface Step {
  ms: number;
  text: string;
  /** set when further chunks the same way may join this step */
  flow?: string;
  bytes: number;
  chunks: number;
}

/** Numbered steps with the milliseconds since the story began. */
export class Story {
  #begin = performance.now();
  #steps: Step[] = [];
  #told = 0;

  /** How often something was told: it stands still only when nothing happens. */
  get told(): number {
    return this.#told;
  }

  /** Forgets what was told, and begins anew. */
  begin(text: string): void {
    this.#begin = performance.now();
    this.#steps = [];
    this.tell(text);
  }

  /** Adds a step. */
  tell(text: string): void {
    this.#told++;
    this.#steps.push({ ms: performance.now() - this.#begin, text, bytes: 0, chunks: 0 });
  }

  /**
   * Adds bytes that went one way; chunks that follow one another become one step.
   *
   * @param flow Who and which way, `"Ada sent"`
   * @param join Whether this may join the step before, which is so unless told
   */
  tellBytes(flow: string, bytes: Uint8Array, join: "join" | "apart" = "join"): void {
    const last = this.#steps.at(-1);
    if (last?.flow === flow && join === "join") {
      last.bytes += bytes.length;
      last.chunks++;
      this.#told++;
      last.text = `${flow} ${last.bytes} bytes in ${last.chunks} pieces`;
      return;
    }
    this.tell(`${flow} ${describeBytes(bytes)}`);
    Object.assign(this.#steps.at(-1)!, { flow, bytes: bytes.length, chunks: 1 });
  }

  /** All steps as lines, numbered. */
  lines(): string[] {
    return this.#steps.map(({ ms, text }, i) =>
      `${String(i + 1).padStart(2)}. ${String(Math.round(ms)).padStart(5)} ms  ${text}`
    );
  }
}
