/**
 * Wrong, own: knows a code by its number on Linux.
 *
 * Says: "errno is -61 there, and -111 on Linux"
 *
 * @module
 */
interface Known {
  code?: string;
  address?: string;
  port?: number;
  errno?: number;
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

const numbers: Record<number, string> = {
  [-1]: "not allowed",
  [-13]: "not allowed",
  [-99]: "the address is not available",
  [-101]: "no route",
  [-104]: "reset",
  [-110]: "no answer",
  [-111]: "nobody listens",
  [-113]: "no route",
  [-3001]: "no answer from a name server",
  [-3008]: "no such name",
};

function lineOf(text: unknown): string {
  return String(text ?? "").replaceAll("\n", " ");
}

export function describeConnectError(error: unknown): string {
  if (typeof error !== "object" || error === null) {
    return `Failed: ${lineOf(error ?? "no reason given")}`;
  }
  const known = error as Known;
  if (known.errors) return known.errors.map(describeConnectError).join(", ");
  const { code = "", address = "", port = "", hostname = "" } = known;
  const host = address.includes(":") ? `[${address}]` : address;
  const where = hostname || (port ? `${host}:${port}` : host);
  const own = lineOf(known.message || known.name);
  const { errno = 0 } = known;
  const reason = (errno < 0 ? numbers[errno] : reasons[code]) ??
    (own.includes("not known") ? "no such name" : own);
  const allowed = known.name === "NotCapable" ? "not allowed, " : "";
  return `${where} ${allowed}${reason} ${code}`.trim();
}
