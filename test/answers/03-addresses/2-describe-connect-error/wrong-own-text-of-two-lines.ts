/**
 * Wrong, own: makes one line of a message, and not of a text that was thrown.
 *
 * Says: "of a thrown text of two lines gave"
 *
 * @module
 */
interface Known {
  code?: string;
  address?: string;
  port?: number;
  hostname?: string;
  name?: string;
  message?: string;
  errors?: Known[];
}

const reasons: Record<string, string> = {
  ECONNREFUSED: "nobody listens",
  ETIMEDOUT: "no answer",
  EHOSTUNREACH: "no route",
  ENETUNREACH: "no route",
  ENOTFOUND: "no such name",
  EAI_AGAIN: "no answer from a name server",
  EADDRNOTAVAIL: "the address is not available",
  EACCES: "not allowed",
  EPERM: "not allowed",
  ECONNRESET: "reset",
};

function lineOf(text: unknown): string {
  return String(text ?? "").replaceAll("\n", " ");
}

export function describeConnectError(error: unknown): string {
  if (typeof error !== "object" || error === null) return `Failed: ${error ?? "no reason given"}`;
  const known = error as Known;
  if (known.errors) return known.errors.map(describeConnectError).join(", ");
  const { code = "", address = "", port = "", hostname = "" } = known;
  const host = address.includes(":") ? `[${address}]` : address;
  const where = hostname || (port ? `${host}:${port}` : host);
  const own = lineOf(known.message || known.name);
  const reason = reasons[code] ?? (own.includes("not known") ? "no such name" : own);
  const allowed = known.name === "NotCapable" ? "not allowed, " : "";
  return `${where} ${allowed}${reason} ${code}`.trim();
}
