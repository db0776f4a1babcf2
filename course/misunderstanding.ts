/**
 * Errors that are told in a sentence.
 *
 * @module
 */

/** A sentence instead of a stack trace: the runner prints it and ends with exit code 2. */
export class Misunderstanding extends Error {
  override name = "Misunderstanding";
}
