/**
 * Why a connection did not come about, in a sentence for people.
 *
 * @module
 */
// #region cut
import { isIPv6 } from "node:net";

/** What is known of an error, if it is known. */
type Known = {
  code?: string;
  address?: string;
  port?: number;
  hostname?: string;
  name?: string;
  message?: string;
  errors?: unknown[];
};

/** By the name of the code, which is the same everywhere: the number behind it is not. */
const reasons: Record<string, string> = {
  ECONNREFUSED: "nobody listens",
  ETIMEDOUT: "no answer",
  EHOSTUNREACH: "no route",
  ENETUNREACH: "no route",
  ENOTFOUND: "no such name",
  EAI_AGAIN: "no answer from a name server",
  EADDRNOTAVAIL: "the address is not available on this machine",
  EACCES: "not allowed",
  EPERM: "not allowed",
  ECONNRESET: "the connection was reset",
};

/** How Deno.connect() speaks of an unknown name, on Linux. */
const unknownName = "failed to lookup address information: Name or service not known";
// #endregion

/**
 * Explains in one sentence why a connection did not come about.
 *
 * What the sentence says, whatever else it says, in capitals or not:
 *
 * | what `code` the error has | words in the sentence |
 * | --- | --- |
 * | ECONNREFUSED | nobody listens |
 * | ETIMEDOUT | no answer |
 * | EHOSTUNREACH or ENETUNREACH | no route |
 * | ENOTFOUND | no such name |
 * | EAI_AGAIN | name server |
 * | EADDRNOTAVAIL | not available |
 * | EACCES or EPERM | not allowed |
 * | ECONNRESET | reset |
 *
 * - It also says the code itself, as something to search for, and what the error knows of the other
 *   end: address and port, as in `127.0.0.1:80` or `[::1]:80`, or the name that was looked up.
 * - The words of a row are for that row alone: no other sentence has them, unless they are the
 *   error's own, or "no answer" in that on EAI_AGAIN. A code is no words: ECONNRESET does not say
 *   "reset".
 * - Where several addresses were tried (an `AggregateError`, its message is empty), it says each
 *   address with the code and the reason of its own `errors`. These three stand together, in any
 *   order, before the next address's three begin; addresses with the same code may share it.
 * - The errors of `Deno.connect()` are no different, but they know no address. Two have no code: a
 *   name that nobody knows has the message "failed to lookup address information: Name or service
 *   not known" and is "no such name", and one whose `name` is "NotCapable" is "not allowed", and its
 *   message is part of the sentence, because it says what to do.
 * - Any other error keeps its words: its message, or without one its name. So does anything else
 *   that was thrown.
 *
 * It is a single line, and has no `undefined` in it, or other holes, whatever was thrown: also
 * `undefined` itself, `null`, or a message of two lines.
 *
 * @param error What `connect()` of `node:net` gave to the listener for `"error"`, or what a `catch`
 * caught
 * @returns The sentence
 */
export function describeConnectError(error: unknown): string {
  // #region todo Find out what happened, at which address, and say so
  // What is no object is its own message, and nothing at all has none.
  const known = typeof error === "object" && error !== null
    ? error as Known
    : { message: String(error ?? "") };
  const { code = "", address, port, hostname, name, message, errors }: Known = known;
  // One for each address. The code of the whole is that of the first one, and says nothing of the
  // others.
  if (errors?.length) return errors.map(describeConnectError).join("; ");

  const own = message || name || "an error without words";
  const reason = reasons[code] ??
    (message?.startsWith(unknownName) ? "no such name" : undefined) ??
    (name === "NotCapable" ? `not allowed: ${own}` : own);
  const host = address && isIPv6(address) ? `[${address}]` : address;
  const where = host === undefined ? hostname : port === undefined ? host : `${host}:${port}`;
  return [
    where === undefined ? "Cannot connect" : `Cannot connect to ${where}`,
    `: ${reason.replaceAll(/\s*[\r\n]\s*/g, " ")}`,
    code && !reason.includes(code) ? ` (${code})` : "",
  ].join("");
  // #endregion
}
