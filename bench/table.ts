/**
 * Figures of many rounds as a table.
 *
 * @module
 */

/**
 * A quantile of some numbers, between two neighbours where it falls between them.
 *
 * @param part 0.5 is the median
 */
export function quantile(values: number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const [below = NaN, above = NaN] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below + (above - below) * (at - Math.floor(at));
}

/** The median of some numbers. */
export function median(values: number[]): number {
  return quantile(values, 0.5);
}

/** The median and both quartiles, `"1.41 (1.28-1.61)"`. */
export function spread(values: number[]): string {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((part) => quantile(values, part).toFixed(2));
  return `${middle} (${low}-${high})`;
}

/** Rows under a head, in columns: the first to the left, the others to the right. */
export function table(head: string[], rows: string[][]): string {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]!.length)));
  return all.map((row) =>
    row.map((text, i) => i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)).join("  ")
  ).join("\n");
}
