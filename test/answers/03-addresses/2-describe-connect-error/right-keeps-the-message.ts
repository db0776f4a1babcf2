/**
 * Right: the reason, and behind it everything that the error says of itself.
 *
 * Refused by a test that wants the system's message to be left out.
 *
 * @module
 */
interface Any {
  code?: string;
  name?: string;
  message?: unknown;
  address?: string;
  port?: number;
}

const meaning: Record<string, string> = {
  ECONNREFUSED: "nobody listens",
  ETIMEDOUT: "no answer",
  EHOSTUNREACH: "no route",
  ENETUNREACH: "no route",
  ENOTFOUND: "no such name",
  EAI_AGAIN: "no name server",
  EADDRNOTAVAIL: "not available",
  EACCES: "not allowed",
  EPERM: "not allowed",
  ECONNRESET: "reset",
  NotCapable: "not allowed",
};

function guess(message: string): string {
  return message.startsWith("failed to lookup") ? "no such name" : "failed";
}

function flat(error: unknown): Any[] {
  if (typeof error !== "object" || error === null) return [{ message: error ?? "unknown" }];
  return "errors" in error ? (error.errors as unknown[]).flatMap(flat) : [error];
}

export function describeConnectError(error: unknown): string {
  const lines = (flat(error)).map((it) => {
    const message = String(it.message ?? "").replaceAll("\n", " ") || String(it.name ?? "");
    const url = URL.canParse(`tcp://[${it.address}]`) ? `[${it.address}]` : it.address;
    const end = it.address === undefined ? [] : [it.port === undefined ? url : `${url}:${it.port}`];
    return [meaning[it.code ?? it.name ?? ""] ?? guess(message), it.code, ...end, message]
      .filter(Boolean).join(", ");
  });
  return lines.join("; ");
}
