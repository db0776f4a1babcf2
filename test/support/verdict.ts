/**
 * What the harness says of an answer, from a closed list and in TCP's own words.
 *
 * @module
 */
import type { Story } from "./story.ts";

/** Every diagnosis that there is, with the question that it answers. */
export const diagnoses = {
  // of programs and modules
  "not-written": "does it still throw as the stub does?",
  "threw": "did it throw where it should have gone on?",
  "mixed": "did one client, or one call, get another's bytes?",
  "spins": "was it awake while there was nothing to do?",
  // of programs
  "exited-early": "did it end before it listened?",
  "never-listened": "did it run and never say where it listens?",
  "listens-elsewhere": "does it listen on another address or port?",
  "refused": "is a connection refused where it says that it listens?",
  "not-accepted": "does a connection hang because nobody accepts?",
  "not-read": "did it stop reading while its peer went on?",
  "sent-nothing": "did it accept and send nothing?",
  "stopped-short": "did it send a part, then nothing more?",
  "bytes-differ": "did it send other bytes than wanted?",
  "lost-bytes": "did it leave bytes out in the middle?",
  "extra-bytes": "did it send more than wanted?",
  "reordered": "did it answer in another order than it was asked?",
  "fin-too-early": "did it end its half before all was sent?",
  "no-fin": "did it leave its half open after all was sent?",
  "reset": "did it reset where an orderly end was due?",
  "half-close-ignored": "did it take a half-close for the end of everything?",
  "stalled": "did it stop for good when the reader paused?",
  "starved": "did one client have to wait for another to leave?",
  "out-of-turn": "did it serve a client before its turn?",
  "blocked": "did it compute for one client and let the others wait?",
  "died": "did it end while it served?",
  "swallowed": "did it throw where Deno alone would have gone on?",
  "ignored-sigterm": "did it go on after SIGTERM?",
  "grows": "did its memory grow with what a client does not read?",
  "leaked": "did it keep a socket that its peer has left?",
  "not-cut": "did it hold a connection beyond its time limit?",
  "cut-early": "did it give a connection up before its time?",
  "took-busy-port": "did it go on, or end well, although its port was taken?",
  // of modules
  "part": "did it return a part of what was wanted?",
  "wrong-value": "did it return another value?",
  "wrong-turn": "did it call back another, in another order or at another time than wanted?",
  "kept-message": "did it keep bytes that were a whole message?",
  "changed-message": "did a message change after it was handed out?",
  "pins": "does a small message hold on to much more memory than it has?",
  "never-settled": "did its promise stay pending?",
  "waits-for-ever": "did it ask a socket that will not give anything any more?",
  "left-open": "was it over, and its socket still open?",
  "should-fail": "did it succeed where it had to fail?",
  "too-many-calls": "did it make many calls where one would do?",
  "hoards": "did it take more out of the connection than anybody asked for?",
  "copies": "does it copy everything again on each chunk?",
} as const;

/** A name from the closed list. */
export type Diagnosis = keyof typeof diagnoses;

/** What a verdict carries besides its sentence. */
export interface Evidence {
  story: Pick<Story, "lines">;
  /** up to five lines: bytes or, when left out, the end of the story */
  picture?: string[];
}

/** A refusal: one sentence, up to five lines of picture, the story so far. */
export class Verdict extends Error {
  override name = "Verdict";
  readonly diagnosis: Diagnosis;
  readonly sentence: string;
  readonly picture: string[];
  readonly story: string[];

  constructor(diagnosis: Diagnosis, sentence: string, { story, picture }: Evidence) {
    const steps = story.lines();
    const shown = (picture ?? steps.slice(-5)).slice(0, 5);
    super([sentence, ...shown.map((line) => `    ${line}`)].join("\n"));
    this.diagnosis = diagnosis;
    this.sentence = sentence;
    this.picture = shown;
    this.story = steps;
    // Whoever looks for the fault looks in the test and in the answer, not in here.
    this.stack = this.stack?.split("\n").filter((line) => !line.includes("/test/support/"))
      .join("\n") ?? "";
  }

  /** The same refusal in other words. */
  withSentence(sentence: string): Verdict {
    const story = { lines: () => this.story };
    return new Verdict(this.diagnosis, sentence, { story, picture: this.picture });
  }
}
