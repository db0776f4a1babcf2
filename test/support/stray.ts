/**
 * Errors that reach the process, where no caller can catch them.
 *
 * @module
 */
import process from "node:process";

let first = Promise.withResolvers<{ stray: unknown }>();
let seen: { stray: unknown } | undefined;

for (const event of ["uncaughtException", "unhandledRejection"] as const) {
  process.on(event, (error: unknown) => {
    seen ??= { stray: error };
    first.resolve(seen);
  });
}

/** Settles with the first stray error since the last {@link forgetStray}. */
export function strayError(): Promise<{ stray: unknown }> {
  return first.promise;
}

/** The first stray error, if there was one. */
export function seenStray(): { stray: unknown } | undefined {
  return seen;
}

/** Begins anew. */
export function forgetStray(): void {
  first = Promise.withResolvers();
  seen = undefined;
}
