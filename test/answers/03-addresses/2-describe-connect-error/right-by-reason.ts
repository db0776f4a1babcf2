/**
 * Right: addresses with the same reason stand together.
 *
 * Refused by a test that wants the reason behind each address, or the code as often as there are
 * addresses.
 *
 * @module
 */
const words: [RegExp, string][] = [
  [/^ECONNREFUSED$/, "nobody listens"],
  [/^ETIMEDOUT$/, "no answer"],
  [/UNREACH$/, "no route"],
  [/^ENOTFOUND$/, "no such name"],
  [/^EAI_AGAIN$/, "the name server is silent"],
  [/^EADDRNOTAVAIL$/, "not available"],
  [/^(?:EACCES|EPERM)$/, "not allowed"],
  [/^ECONNRESET$/, "reset"],
];

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return `${error ?? "for some reason"}`;
  const { code = "", name, message } = error as NodeJS.ErrnoException;
  const [, reason] = words.find(([form]) => form.test(code)) ?? [];
  if (reason) return `${reason} [${code}]`;
  if (name === "NotCapable") return `not allowed (${message})`;
  return message.endsWith("Name or service not known") ? "no such name" : message || name;
}

function placeOf(error: unknown): string {
  const { address, port, hostname } = Object(error) as Record<string, string | undefined>;
  if (hostname) return hostname;
  if (!address) return "";
  if (!port) return address;
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

export function describeConnectError(error: unknown): string {
  const all = (error as { errors?: unknown[] } | null | undefined)?.errors ?? [error];
  const groups = new Map<string, string[]>();
  for (const it of all) {
    const reason = reasonOf(it);
    groups.set(reason, [...groups.get(reason) ?? [], placeOf(it)].filter(Boolean));
  }
  return [...groups].map(([reason, places]) => [places.join(" and "), reason].join(" - "))
    .join(" / ").replaceAll("\n", " ");
}
