/**
 * Right: finds every row with one regular expression, and leaves the heading to it.
 *
 * Refused by a test that wants columns to be at fixed places.
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

const words =
  "ESTABLISHED SYN-SENT SYN-RECEIVED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT CLOSED CLOSE-WAIT LAST-ACK LISTEN CLOSING";
const states = words.split(" ");
const end = String.raw`([\dA-F]+):([\dA-F]{4})`;
const row = new RegExp(
  String.raw`^ *\d+: ${end} ${end} ([\dA-F]{2}) (\w+):(\w+) \w+:\w+ (\w+) +(\d+) +\d+ (\d+)`,
  "gm",
);

export function parseTcpTable(text: string): TcpSocket[] {
  return [...text.matchAll(row)].map(([, ...found]) => {
    const [here, herePort, there, therePort, state, sent, received, again, uid, inode] = found;
    return {
      local: { address: address(here!), port: Number(`0x${herePort}`) },
      remote: { address: address(there!), port: Number(`0x${therePort}`) },
      state: states[Number(`0x${state}`) - 1]!,
      sendQueue: Number(`0x${sent}`),
      receiveQueue: Number(`0x${received}`),
      retransmits: Number(`0x${again}`),
      uid: Number(uid),
      inode: Number(inode),
    };
  });
}

function address(text: string): string {
  const bytes = Buffer.from(text, "hex").swap32();
  if (bytes.length === 4) return bytes.join(".");
  return bytes.toString("hex").replace(/(....)(?!$)/g, "$1:");
}
