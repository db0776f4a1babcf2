/**
 * Wrong, own: cuts rows at fixed places, which move when a number has more digits.
 *
 * Says: "parseTcpTable() of a socket of nobody"
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

const states = [
  "",
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

const hex = (digits: string) => parseInt(digits, 16);

function toAddress(text: string): string {
  const words = text.match(/.{8}/g)!;
  const bytes = words.flatMap((word) => word.match(/../g)!.reverse());
  if (bytes.length === 4) return bytes.map(hex).join(".");
  return bytes.join("").match(/.{4}/g)!.join(":");
}

function toEnd(text: string): End {
  const [address, port] = text.split(":");
  return { address: toAddress(address!), port: hex(port!) };
}

function toSocket(row: string): TcpSocket {
  const places = [[0, 5], [6, 19], [20, 33], [34, 36], [37, 54], [55, 66], [67, 75], [76, 81]];
  const rest = [[82, 90], [91, 96]];
  const columns = [...places, ...rest].map(([from, to]) => row.slice(from, to).trim());
  const [sent, received] = columns[4]!.split(":");
  return {
    local: toEnd(columns[1]!),
    remote: toEnd(columns[2]!),
    state: states[hex(columns[3]!)]!,
    sendQueue: hex(sent!),
    receiveQueue: hex(received!),
    retransmits: hex(columns[6]!),
    uid: Number(columns[7]),
    inode: Number(columns[9]),
  };
}

export function parseTcpTable(text: string): TcpSocket[] {
  return text.trimEnd().split("\n").slice(1).map(toSocket);
}
