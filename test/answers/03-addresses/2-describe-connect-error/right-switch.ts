/**
 * Right: a switch, and a text for each case.
 *
 * Refused by a test that wants the same sentence for all reasons, or its words in one case.
 *
 * @module
 */
function endpoint(address: string, port?: number): string {
  const host = address.includes(":") ? `[${address}]` : address;
  return port === undefined ? host : `${host}:${port}`;
}

export function describeConnectError(error: unknown): string {
  return sentence(error).split("\n").join(" / ");
}

function sentence(error: unknown): string {
  if (error instanceof AggregateError) {
    return `All ${error.errors.length} addresses failed. ${
      error.errors.map(describeConnectError).join(" ")
    }`;
  }
  if (error === undefined || error === null) return "No connection, and nobody knows why.";
  if (!(error instanceof Error)) return `No connection: ${String(error)}.`;
  const { code, hostname, address, port } = error as NodeJS.ErrnoException & {
    hostname?: string;
    address?: string;
    port?: number;
  };
  const to = address === undefined ? "" : ` at ${endpoint(address, port)}`;
  switch (code) {
    case "ECONNREFUSED":
      return `Nobody listens${to} (${code}).`;
    case "ETIMEDOUT":
      return `No answer${to} (${code}).`;
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return `There is no route to ${endpoint(address ?? "that address", port)} (${code}).`;
    case "ENOTFOUND":
      return `There is no such name: ${hostname} (${code}).`;
    case "EAI_AGAIN":
      return `The name server did not tell the address of ${hostname}; try again later (${code}).`;
    case "EADDRNOTAVAIL":
      return `${endpoint(address ?? "The address", port)} is not available here (${code}).`;
    case "EACCES":
    case "EPERM":
      return `This machine says that it is Not Allowed to connect${to} (${code}).`;
    case "ECONNRESET":
      return `The other side reset the connection (${code}).`;
  }
  if (error.name === "NotCapable") return `Deno has not allowed it. Not allowed: ${error.message}.`;
  if (/^failed to lookup.*not known$/.test(error.message)) return "There is no such name.";
  return `No connection: ${error.message || error.name}.`;
}
