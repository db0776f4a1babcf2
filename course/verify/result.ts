/**
 * What one check came to.
 *
 * @module
 */

/** A check, whether it held, and what it complains of. */
export interface Result {
  check: string;
  /** the runtime's label, or empty when it does not matter */
  where: string;
  passed: number;
  complaints: string[];
  /** what could not be checked, and why */
  skipped: string[];
  seconds: number;
}

/** The result of a check that some of a number of things have failed. */
export function result(
  { check, where = "", total, complaints, seconds = 0 }: {
    check: string;
    where?: string;
    total: number;
    complaints: string[];
    seconds?: number;
  },
): Result {
  const passed = Math.max(0, total - complaints.length);
  return { check, where, passed, complaints, skipped: [], seconds };
}

/** The result of something that could not be checked. */
export function skip(check: string, where: string, why: string): Result {
  return { check, where, passed: 0, complaints: [], skipped: [why], seconds: 0 };
}

/** A result as lines: a row of the table, and below it what is wrong. */
export function lines(it: Result): string[] {
  const { check, where, passed, complaints, skipped, seconds } = it;
  const total = passed + complaints.length + skipped.length;
  const row = `${complaints.length > 0 ? "FAILED" : "ok    "} ${check.padEnd(34)} ` +
    `${where.padEnd(13)} ${`${passed}/${total}`.padStart(7)} ${seconds.toFixed(1).padStart(6)} s`;
  return [
    row,
    ...complaints.map((text) => indent(`failed: ${text}`)),
    ...skipped.map((text) => indent(`skipped: ${text}`)),
  ];
}

/** A text that belongs to the row above it. */
export function indent(text: string): string {
  return `       ${text.replaceAll("\n", "\n         ")}`;
}
