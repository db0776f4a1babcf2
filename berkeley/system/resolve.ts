/**
 * From an address as a program gives it to the bytes that the kernel takes.
 *
 * @module
 */
import { encodeAddress, familyOf, pathSize } from "./address.ts";
import { checkInteger, show } from "./check.ts";
import { AF_INET, AF_INET6, AF_UNIX, INADDR_ANY } from "./constants.ts";
import { lookUp } from "./names.ts";

/**
 * Checks an address and writes it for the kernel; a name is looked up, and its first address taken.
 *
 * @param call Which call it is for
 * @param family The socket's family
 * @throws {TypeError} When it is no address of this family
 * @throws {RangeError} When its port or another number is out of range, or its path too long
 * @throws {gaierror} When its name has no address of this family
 */
export function resolve(call: string, family: number, address: unknown): Uint8Array {
  if (family === AF_UNIX) return encodeAddress(family, checkPath(call, address));
  const wanted = family === AF_INET
    ? '["127.0.0.1", 65432]'
    : '["::1", 65432] or ["fe80::1", 65432, 0, scope]';
  if (!Array.isArray(address) || address.length < 2 || address.length > lengthOf(family)) {
    throw new TypeError(`${call}() takes an address: ${wanted}, got ${describe(address)}`);
  }
  const [host, port, flowinfo = 0, scopeId = 0] = address;
  if (typeof host !== "string" || host.includes("\0")) {
    throw new TypeError(`${call}() takes a host: text, got ${show(host)}`);
  }
  checkInteger(`${call}() takes a port`, port, 0, 65535);
  checkInteger(`${call}() takes a flow label`, flowinfo, 0, 0xfffff);
  checkInteger(`${call}() takes a scope`, scopeId, 0, 0xffff_ffff);
  const numeric = numericHost(family, host);
  if (familyOf(numeric) === family && !numeric.includes("%")) {
    return encodeAddress(family, [numeric, port, flowinfo, scopeId]);
  }
  const { bytes } = lookUp(numeric, null, { family })[0]!;
  new DataView(bytes.buffer, bytes.byteOffset).setUint16(2, port);
  return bytes;
}

function lengthOf(family: number): number {
  return family === AF_INET6 ? 4 : 2;
}

/** What Python takes for a host besides names and numbers. */
function numericHost(family: number, host: string): string {
  if (host === "") return family === AF_INET ? INADDR_ANY : "::";
  return host === "<broadcast>" && family === AF_INET ? "255.255.255.255" : host;
}

function checkPath(call: string, address: unknown): string {
  if (typeof address !== "string") {
    throw new TypeError(`${call}() takes an address: a path, got ${describe(address)}`);
  }
  if (address.includes("\0", 1)) {
    throw new TypeError(`${call}() takes a path without zero bytes, got ${show(address)}`);
  }
  const length = new TextEncoder().encode(address).length;
  const most = pathSize - (address.startsWith("\0") ? 0 : 1);
  if (length <= most) return address;
  throw new RangeError(`${call}() takes a path of at most ${most} bytes, got ${length}`);
}

function describe(address: unknown): string {
  return Array.isArray(address)
    ? `[${Array.from(address.slice(0, 5), show).join(", ")}]`
    : show(address);
}
