/**
 * Right: writes the words of an address with a DataView, the lowest byte first, and reads the bytes.
 *
 * Refused by a test that wants IPv6 in its shortest form, or an IPv4 address in dots behind ::ffff:.
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

const states = new Map<string, string>([
  ["01", "ESTABLISHED"],
  ["02", "SYN-SENT"],
  ["03", "SYN-RECEIVED"],
  ["04", "FIN-WAIT-1"],
  ["05", "FIN-WAIT-2"],
  ["06", "TIME-WAIT"],
  ["07", "CLOSED"],
  ["08", "CLOSE-WAIT"],
  ["09", "LAST-ACK"],
  ["0A", "LISTEN"],
  ["0B", "CLOSING"],
]);

export function parseTcpTable(text: string): TcpSocket[] {
  const sockets: TcpSocket[] = [];
  for (const line of text.split("\n")) {
    const it = line.split(" ").filter((column) => column !== "");
    if (!it[0]?.endsWith(":")) continue;
    const [sendQueue, receiveQueue] = numbers(it[4]!) as [number, number];
    sockets.push({
      local: endOf(it[1]!),
      remote: endOf(it[2]!),
      state: states.get(it[3]!)!,
      sendQueue,
      receiveQueue,
      retransmits: numbers(it[6]!)[0]!,
      uid: parseInt(it[7]!, 10),
      inode: parseInt(it[9]!, 10),
    });
  }
  return sockets;
}

const numbers = (text: string) => text.split(":").map((digits) => parseInt(digits, 16));

function endOf(text: string): End {
  const [word, port] = text.split(":") as [string, string];
  const view = new DataView(new ArrayBuffer(word.length / 2));
  for (let at = 0; at < view.byteLength; at += 4) {
    view.setUint32(at, parseInt(word.slice(2 * at, 2 * at + 8), 16), true);
  }
  const isShort = view.byteLength === 4;
  const parts = Array.from(
    { length: isShort ? 4 : 8 },
    (_, i) => isShort ? view.getUint8(i) : view.getUint16(2 * i).toString(16),
  );
  return { address: parts.join(isShort ? "." : ":"), port: parseInt(port, 16) };
}
