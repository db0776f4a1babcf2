/**
 * The mistakes that learners make, as test/answers/README.md lists them.
 *
 * @module
 */
import { exists, read } from "./disk.ts";

/** Numbers and texts of all mistakes, `"M26"` to what it is, in order. */
export function catalogue(): Map<string, string> {
  const file = "test/answers/README.md";
  const text = exists(file) ? read(file) : "";
  return new Map([...text.matchAll(/^\| (M\d\d) \| (.+?) \|$/gm)].map((row) => [row[1]!, row[2]!]));
}
