/**
 * Right: writes IPv6 as RFC 5952 has it, and an IPv4 address in it as four numbers; keeps what else the row says, too.
 *
 * Refused by a test that wants no fields beside those of the contract.
 *
 * @module
 */
interface End {
  address: string;
  port: number;
}

interface TcpSocket {
  local: End;
  remote: End;
  state: string;
  sendQueue: number;
  receiveQueue: number;
  retransmits: number;
  uid: number;
  inode: number;
}

interface Row extends TcpSocket {
  row: string;
}

const states = [
  "ESTABLISHED",
  "SYN-SENT",
  "SYN-RECEIVED",
  "FIN-WAIT-1",
  "FIN-WAIT-2",
  "TIME-WAIT",
  "CLOSED",
  "CLOSE-WAIT",
  "LAST-ACK",
  "LISTEN",
  "CLOSING",
];

export function parseTcpTable(text: string): Row[] {
  const [, ...rows] = text.trimEnd().split(/\n/);
  return rows.map((row) => {
    const [, here, there, state, queues, _timer, again, uid, _probes, inode] = row.trim().split(
      / +/,
    ) as [string, string, string, string, string, string, string, string, string, string];
    const [sendQueue, receiveQueue] = queues.split(":").map(fromHex) as [number, number];
    return {
      row,
      local: toEnd(here),
      remote: toEnd(there),
      state: states[fromHex(state) - 1]!,
      sendQueue,
      receiveQueue,
      retransmits: fromHex(again),
      uid: Number(uid),
      inode: Number(inode),
    };
  });
}

function fromHex(digits: string): number {
  return [...digits].reduce((sum, digit) => sum * 16 + "0123456789ABCDEF".indexOf(digit), 0);
}

function toEnd(text: string): End {
  const [words, port] = text.split(":") as [string, string];
  const bytes = words.match(/.{8}/g)!.flatMap((word) => {
    const number = fromHex(word);
    return [number & 255, number >>> 8 & 255, number >>> 16 & 255, number >>> 24];
  });
  return { address: bytes.length === 4 ? bytes.join(".") : toIPv6(bytes), port: fromHex(port) };
}

function toIPv6(bytes: number[]): string {
  const groups = Array.from({ length: 8 }, (_, i) => bytes[2 * i]! * 256 + bytes[2 * i + 1]!);
  if (groups.slice(0, 5).every((it) => it === 0) && groups[5] === 0xffff) {
    return `::ffff:${bytes.slice(12).join(".")}`;
  }
  const long = groups.map((it) => it.toString(16)).join(":");
  const runs = long.match(/\b0(?::0)+\b/g) ?? [];
  const longest = runs.sort((a, b) => b.length - a.length)[0];
  return longest ? long.replace(longest, "::").replace(/:{3,}/, "::") : long;
}
