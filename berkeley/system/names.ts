/**
 * From names to addresses: getaddrinfo(3).
 *
 * @module
 */
import { gaierror } from "../errors.ts";
import { type Address, decodeAddress } from "./address.ts";
import { checkInt, show } from "./check.ts";
import { failed } from "./fail.ts";
import * as libc from "./libc.ts";
import { here } from "./platform.ts";

/** One way to reach a host: what {@link socket} and {@link Socket.connect} are to be given. */
export type AddressInfo = [
  family: number,
  type: number,
  proto: number,
  canonname: string,
  address: Address,
];

/** What getaddrinfo() may be told besides host and port. */
export interface AddressHints {
  /** AF_INET or AF_INET6; both unless told */
  family?: number;
  /** SOCK_STREAM or SOCK_DGRAM; each of them unless told */
  type?: number;
  /** IPPROTO_TCP or IPPROTO_UDP; each of them unless told */
  proto?: number;
  /** AI_PASSIVE, AI_NUMERICHOST ... */
  flags?: number;
}

const codes: [string, number][] = [
  ["EAI_BADFLAGS", here(-1, 3)],
  ["EAI_NONAME", here(-2, 8)],
  ["EAI_AGAIN", here(-3, 2)],
  ["EAI_FAIL", here(-4, 4)],
  ["EAI_NODATA", here(-5, 7)],
  ["EAI_FAMILY", here(-6, 5)],
  ["EAI_SOCKTYPE", here(-7, 10)],
  ["EAI_SERVICE", here(-8, 9)],
  ["EAI_ADDRFAMILY", here(-9, 1)],
  ["EAI_MEMORY", here(-10, 6)],
  ["EAI_SYSTEM", here(-11, 11)],
  ["EAI_OVERFLOW", here(-12, 14)],
];
const EAI_SYSTEM = here(-11, 11);

interface Entry {
  family: number;
  type: number;
  proto: number;
  length: number;
  address: libc.Pointer;
  canonical: string | null;
  next: libc.Pointer;
}

/** The address of an entry, as the kernel reads it. */
export interface Found {
  info: AddressInfo;
  bytes: Uint8Array;
}

/**
 * Asks for the addresses of a host.
 *
 * @param host A name or a number; null for this machine, or any interface with AI_PASSIVE
 * @param service The port as text, or the name of a service; null for none
 * @throws {gaierror} When there are none
 */
export function lookUp(
  host: string | null,
  service: string | null,
  { family = 0, type = 0, proto = 0, flags = 0 }: AddressHints,
): Found[] {
  const hints = new Int32Array(libc.addrinfo.size / 4);
  hints.set([
    checkInt("getaddrinfo() takes flags", flags),
    checkInt("getaddrinfo() takes a family", family),
    checkInt("getaddrinfo() takes a type", type),
    checkInt("getaddrinfo() takes a protocol", proto),
  ]);
  const list: [libc.Pointer] = [null];
  const result = libc.getaddrinfo(checkText("host", host), checkText("port", service), hints, list);
  if (result !== 0) throw nameError(result, host, service);
  try {
    return [...entries(list[0])];
  } finally {
    libc.freeaddrinfo(list[0]);
  }
}

function checkText(what: string, text: unknown): string | null {
  if (text === null) return null;
  if (typeof text === "string" && !text.includes("\0")) return text;
  throw new TypeError(`getaddrinfo() takes a ${what}: text without zero bytes, got ${show(text)}`);
}

function* entries(first: libc.Pointer): Generator<Found> {
  for (let pointer = first; pointer;) {
    const it = libc.decode(pointer, libc.addrinfo) as Entry;
    const bytes = libc.decode(it.address, libc.bytes(it.length)) as Uint8Array;
    const address = decodeAddress(bytes, bytes.length);
    yield { info: [it.family, it.type, it.proto, it.canonical ?? "", address], bytes };
    pointer = it.next;
  }
}

function nameError(result: number, host: string | null, service: string | null): Error {
  if (result === EAI_SYSTEM) return failed(libc.errno(), "getaddrinfo", host ?? service);
  const [code] = codes.find(([, number]) => number === result) ?? [`gai error ${result}`];
  const what = host === null ? `port ${show(service)}` : show(host);
  return new gaierror(`getaddrinfo() ${what}: ${libc.gai_strerror(result)} (${code})`, {
    errno: result,
    code,
    syscall: "getaddrinfo",
    address: host,
  });
}
