/**
 * Addresses as a program writes them, and as the kernel reads them: `struct sockaddr` and its kin.
 *
 * @module
 */
import { isIP } from "node:net";
import { AF_INET, AF_INET6, AF_UNIX } from "./constants.ts";
import { isLinux, littleEndian } from "./platform.ts";

/** An IPv4 address: host and port. */
export type InetAddress = [host: string, port: number];
/** An IPv6 address: host, port, flow label and scope (the number of an interface, for fe80::). */
export type Inet6Address = [host: string, port: number, flowinfo: number, scopeId: number];
/** A Unix address: a path, or a name behind a zero byte on Linux; empty when there is none. */
export type UnixAddress = string;
/** An address of any family. */
export type Address = InetAddress | Inet6Address | UnixAddress;

/** Room for an address of any family, `struct sockaddr_storage`. */
export const addressSize = 128;

/** What a path may have, in bytes with the zero behind it: `sun_path` of unix(7). */
export const pathSize: number = isLinux ? 108 : 104;

const text = new TextDecoder();

/**
 * Writes an address with a numeric host for the kernel.
 *
 * @param family AF_INET, AF_INET6 or AF_UNIX
 * @param address Checked before: see resolve.ts
 */
export function encodeAddress(family: number, address: Address): Uint8Array {
  if (family === AF_UNIX) return encodePath(address as UnixAddress);
  const [host, port, flowinfo = 0, scopeId = 0] = address as Inet6Address;
  const bytes = new Uint8Array(family === AF_INET ? 16 : 28);
  const view = new DataView(bytes.buffer);
  encodeFamily(view, family);
  view.setUint16(2, port);
  if (family === AF_INET) {
    bytes.set(host.split(".").map(Number), 4);
  } else {
    view.setUint32(4, flowinfo);
    bytes.set(inet6Bytes(host), 8);
    view.setUint32(24, scopeId, littleEndian);
  }
  return bytes;
}

/**
 * Reads an address that the kernel has written.
 *
 * @param bytes Room in which it lies
 * @param length How much of it the kernel has filled
 */
export function decodeAddress(bytes: Uint8Array, length: number): Address {
  // No address at all: that of a Unix socket that was never bound.
  if (length < 2) return "";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const family = isLinux ? view.getUint16(0, littleEndian) : view.getUint8(1);
  if (family === AF_INET) return [bytes.subarray(4, 8).join("."), view.getUint16(2)];
  if (family === AF_INET6) {
    const host = inet6Text(view);
    return [host, view.getUint16(2), view.getUint32(4), view.getUint32(24, littleEndian)];
  }
  return family === AF_UNIX ? decodePath(bytes.subarray(2, length)) : "";
}

// macOS has a length where Linux has the upper half of the family.
function encodeFamily(view: DataView, family: number): void {
  if (isLinux) return view.setUint16(0, family, littleEndian);
  view.setUint8(0, view.byteLength);
  view.setUint8(1, family);
}

function encodePath(path: string): Uint8Array {
  const name = new TextEncoder().encode(path);
  const isAbstract = name[0] === 0;
  const bytes = new Uint8Array(2 + name.length + (isAbstract ? 0 : 1));
  encodeFamily(new DataView(bytes.buffer), AF_UNIX);
  bytes.set(name, 2);
  return bytes;
}

function decodePath(name: Uint8Array): string {
  if (name[0] === 0) return text.decode(name);
  const end = name.indexOf(0);
  return text.decode(end < 0 ? name : name.subarray(0, end));
}

/** The sixteen bytes of a numeric IPv6 host, without a scope. RFC 4291 section 2.2 */
function inet6Bytes(host: string): Uint8Array {
  const bytes = new Uint8Array(16);
  const [head = "", tail] = host.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, dottedToHex).split("::");
  const groups = (part: string) => part === "" ? [] : part.split(":");
  const first = groups(head);
  const last = groups(tail ?? "");
  const view = new DataView(bytes.buffer);
  first.forEach((group, i) => view.setUint16(2 * i, parseInt(group, 16)));
  last.forEach((group, i) => view.setUint16(16 - 2 * (last.length - i), parseInt(group, 16)));
  return bytes;
}

function dottedToHex(_all: string, ...octets: string[]): string {
  const [a = 0, b = 0, c = 0, d = 0] = octets.slice(0, 4).map(Number);
  return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

/**
 * The text for the sixteen bytes of a host, in the form of RFC 5952; the last four are an IPv4 address
 * where inet_ntop(3) takes them for one.
 */
function inet6Text(view: DataView): string {
  const groups = Array.from({ length: 8 }, (_, i) => view.getUint16(8 + 2 * i));
  const run = longestZeros(groups);
  const mapped = run.length === 5 && groups[5] === 0xffff;
  if (run.start === 0 && (mapped || run.length === 6)) {
    const [high = 0, low = 0] = groups.slice(6);
    return `::${mapped ? "ffff:" : ""}${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  }
  const hex = groups.map((it) => it.toString(16));
  if (run.length < 2) return hex.join(":");
  return `${hex.slice(0, run.start).join(":")}::${hex.slice(run.start + run.length).join(":")}`;
}

function longestZeros(groups: number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}

/** The family of a numeric host; undefined for a name. */
export function familyOf(host: string): number | undefined {
  const version = isIP(host);
  return version === 4 ? AF_INET : version === 6 ? AF_INET6 : undefined;
}
