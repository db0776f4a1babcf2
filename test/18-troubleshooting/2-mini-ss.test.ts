import { isIP } from "node:net";
import { describe, test } from "vitest";
import { AF_INET, socket } from "#berkeley/socket.ts";
import { parseTcpTable, type TcpSocket } from "#exercises/18-troubleshooting/2-mini-ss.ts";
import { Calls } from "#support/calls.ts";
import { difference } from "#support/compare.ts";
import { hasKernelTable, holdsOpen, kernelTable } from "#support/proc-net.ts";

const headings = {
  tcp: "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  " +
    "timeout inode                                                     ",
  tcp6: "  sl  local_address                         remote_address                        " +
    "st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
};

/** Nothing remarkable: a connection from one program of this machine to another. */
const plain =
  "   1: 0100007F:FF98 0200007F:A7C6 01 00000000:00000000 00:00000000 00000000  1000        0 73191 " +
  "1 00000000a2c86e4f 20 4 30 10 -1                   ";

const hex = (digits: string) => parseInt(digits, 16);

const plainSocket: TcpSocket = {
  local: { address: "127.0.0.1", port: hex("FF98") },
  remote: { address: "127.0.0.2", port: hex("A7C6") },
  state: "ESTABLISHED",
  sendQueue: 0,
  receiveQueue: 0,
  retransmits: 0,
  uid: 1000,
  inode: 73191,
};

/** What a test has changed in the plain row: the text, and what it says. */
interface Change {
  text: [from: string, to: string][];
  says: Partial<TcpSocket>;
}

const rowWith = ({ text }: Change) =>
  text.reduce((row, [from, to]) => row.replace(from, to), plain);

/** Has a table of these rows read, and compares what is said of them. */
async function reads(
  what: string,
  rows: string[],
  wanted: TcpSocket[],
  why: string,
  heading: keyof typeof headings = "tcp",
) {
  const calls = new Calls();
  for (const row of rows.slice(0, 4)) calls.story.tell(`a row: ${row.trim()}`);
  const text = [headings[heading], ...rows, ""].join("\n");
  const name = `parseTcpTable() of ${what}`;
  const got = await calls.gives(name, () => parseTcpTable(text), {}, why);
  const alike = Array.isArray(got) ? got.map(spelledAlike) : got;
  await calls.gives(name, () => alike, wanted, slip(wanted, alike) || why);
}

/** How one comes from a number in a row to another than the wanted one; empty when nobody knows. */
function slip(wanted: TcpSocket[], got: TcpSocket[]): string {
  const found = difference(wanted, got);
  if (typeof found?.wanted !== "number" || typeof found.got !== "number") return "";
  const { wanted: right, got: wrong } = found;
  if (right > 9 && wrong === parseInt(String(right), 16)) return "its digits are decimal";
  if (right > 9 && wrong === parseInt(right.toString(16), 10)) return "its digits are hexadecimal";
  const [{ sendQueue, receiveQueue } = plainSocket] = wanted;
  const isOther = found.path.endsWith("Queue") && wrong > 0 &&
    [sendQueue, receiveQueue].includes(wrong);
  return isOther ? "that is the other queue" : "";
}

async function readsRow(what: string, change: Change, why: string, heading?: "tcp6") {
  const wanted = { ...plainSocket, ...change.says };
  await reads(what, [rowWith(change)], [wanted], why, heading);
}

/** The same socket with addresses of IPv6 in one spelling, whichever they came in. */
function spelledAlike(socket: TcpSocket): TcpSocket {
  const { local, remote } = socket ?? {};
  return { ...socket, local: alike(local), remote: alike(remote) };
}

function alike(end: TcpSocket["local"]): TcpSocket["local"] {
  const address = end?.address;
  return isIP(address) === 6 ? { ...end, address: oneSpelling(address) } : end;
}

function oneSpelling(address: string): string {
  const short = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(short) ?? [];
  if (!high || !low) return short;
  const bytes = [high, low].flatMap((it) => [parseInt(it, 16) >> 8, parseInt(it, 16) & 255]);
  return `::ffff:${bytes.join(".")}`;
}

describe("1 of 4, it reads a row of IPv4", () => {
  test("parseTcpTable() reads addresses and ports of both ends", async () => {
    await reads("a connection on loopback", [plain], [plainSocket], "its row is in the story");
  });

  test("parseTcpTable() reads addresses whose bytes are above 127", async () => {
    const change: Change = {
      text: [["0100007F", "C80200C0"], ["0200007F:A7C6", "FE0114AC:0050"]],
      says: {
        local: { address: "192.0.2.200", port: hex("FF98") },
        remote: { address: "172.20.1.254", port: hex("0050") },
      },
    };
    await readsRow("a connection of two machines", change, "the lowest byte is on the right");
  });

  test("parseTcpTable() reads a listening socket", async () => {
    const change: Change = {
      text: [
        ["0100007F:FF98", "00000000:0016"],
        ["0200007F:A7C6", "00000000:0000"],
        [" 01 ", " 0A "],
      ],
      says: {
        local: { address: "0.0.0.0", port: hex("0016") },
        remote: { address: "0.0.0.0", port: 0 },
        state: "LISTEN",
      },
    };
    await readsRow("a listening socket", change, "0A is 10, and so LISTEN");
  });
});

describe("2 of 4, it reads states and numbers", () => {
  test("parseTcpTable() knows every state", async () => {
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
    for (const [i, state] of states.entries()) {
      const number = `0${(i + 1).toString(16).toUpperCase()}`;
      const change: Change = { text: [[" 01 ", ` ${number} `]], says: { state } };
      await readsRow(`state ${number}`, change, `${number} is ${state}, as RFC 9293 writes it`);
    }
  });

  test("parseTcpTable() tells the two queues apart", async () => {
    const change: Change = {
      text: [["00000000:00000000", "00002F00:00000012"]],
      says: { sendQueue: 12032, receiveQueue: 18 },
    };
    await readsRow("2F00:12", change, "what was sent stands first, both are hexadecimal");
  });

  test("parseTcpTable() reads how often a segment was sent again", async () => {
    const change: Change = {
      text: [["00:00000000 00000000", "01:00000D2F 00000010"]],
      says: { retransmits: 16 },
    };
    await readsRow("10 retransmits", change, "10 is 16; what stands in front is a timer");
  });

  test("parseTcpTable() reads uid and inode as decimal numbers", async () => {
    const change: Change = {
      text: [["1000        0 73191 ", "65534        3 4261412865 "]],
      says: { uid: 65534, inode: 4261412865 },
    };
    await readsRow("a socket of nobody", change, "uid and inode are decimal, a counter is between");
  });

  test("parseTcpTable() reads numbers of 32 bits", async () => {
    const change: Change = {
      text: [["00000000:00000000", "00000000:9502F900"]],
      says: { receiveQueue: 2_500_000_000 },
    };
    await readsRow("a queue of 9502F900", change, "it has no sign");
  });
});

describe("3 of 4, it reads IPv6", () => {
  const six = (local: string, remote: string) =>
    [
      ["0100007F", local],
      ["0200007F", remote],
    ] as Change["text"];
  const ends = (local: string, remote: string) => ({
    local: { address: local, port: hex("FF98") },
    remote: { address: remote, port: hex("A7C6") },
  });

  test("parseTcpTable() reads addresses of four different groups", async () => {
    const change = {
      text: six("B80D0120000000FFFE0055026A9B3CD4", "B80D0120000000000000010001000000"),
      says: ends("2001:db8:ff00:0:255:fe:d43c:9b6a", "2001:db8::1:0:0:1"),
    };
    const why = "each group of eight digits is a number by itself, the groups stand in their order";
    await readsRow("a connection of 2001:db8:ff00:0:255:fe:d43c:9b6a", change, why, "tcp6");
  });

  test("parseTcpTable() reads ::1", async () => {
    const one = "00000000000000000000000001000000";
    const change = { text: six(one, "0".repeat(32)), says: ends("::1", "::") };
    await readsRow("a connection of ::1", change, "each group of eight digits is a number", "tcp6");
  });

  test("parseTcpTable() reads an IPv4 address that came as IPv6", async () => {
    const mapped = (last: string) => `0000000000000000FFFF0000${last}`;
    const change = {
      text: six(mapped("0100007F"), mapped("C80200C0")),
      says: ends("::ffff:127.0.0.1", "::ffff:192.0.2.200"),
    };
    await readsRow("a client of a dual-stack server", change, "it is mapped, ::ffff:", "tcp6");
  });
});

describe("4 of 4, it reads whole tables", () => {
  test("parseTcpTable() gives nothing for a heading alone", async () => {
    await reads("an empty table", [], [], "the first line is a heading, the last one is empty");
  });

  test("parseTcpTable() gives every socket in its order", async () => {
    const changes: Change[] = Array.from({ length: 12_000 }, (_, i) => {
      const port = 10_000 + i;
      const waits = i % 3 === 1;
      const text: Change["text"] = [
        ["   1:", `${i}:`.padStart(5)],
        ["FF98", port.toString(16).toUpperCase()],
        ...waits
          ? [[" 01 ", " 06 "], ["1000        0 73191 1 ", "   0        0 0 3 "]] as const
          : [],
      ].map(([from, to]) => [from!, to!]);
      const says = waits ? { state: "TIME-WAIT", uid: 0, inode: 0 } : {};
      return { text, says: { ...says, local: { address: "127.0.0.1", port } } };
    });
    const sockets = changes.map(({ says }) => ({ ...plainSocket, ...says }));
    const why = "there are 12,000, of which each third waits and belongs to nobody";
    await reads("12,000 sockets", changes.map(rowWith), sockets, why);
  });

  test("parseTcpTable() finds sockets of this process", async ({ skip }) => {
    if (!hasKernelTable) skip("this system has no /proc/net/tcp");
    const calls = new Calls();
    using listener = socket(AF_INET);
    listener.bind(["127.0.0.1", 0]);
    listener.listen();
    const [, port] = listener.getsockname();
    using client = socket(AF_INET);
    client.connect(["127.0.0.1", port]);
    client.sendall(new Uint8Array(27));
    const [, clientPort] = client.getsockname();
    calls.story.tell(
      `27 bytes went from port ${clientPort} to port ${port}, where nobody accepted`,
    );
    const found = (isIt: (it: TcpSocket) => boolean) => () =>
      parseTcpTable(kernelTable("tcp")).find(isIt);
    const here = { address: "127.0.0.1", port };
    const there = { address: "127.0.0.1", port: clientPort };
    const ofListener = found((it) => it.local.port === port && it.remote.port === 0);
    const ofServer = found((it) => it.local.port === port && it.remote.port === clientPort);
    const ofClient = found((it) => it.local.port === clientPort && it.remote.port === port);
    const name = "parseTcpTable() of this machine's table";
    const why = (what: string) => `that is ${what}`;
    const waiting = { local: here, state: "LISTEN", receiveQueue: 1 };
    await calls.gives(name, ofListener, waiting, why("the listening socket"));
    const unread = { local: here, remote: there, state: "ESTABLISHED", receiveQueue: 27, inode: 0 };
    await calls.gives(name, ofServer, unread, why("the server's end, which nobody has accepted"));
    const sent = { local: there, remote: here, state: "ESTABLISHED", sendQueue: 0 };
    const mine = await calls.gives(name, ofClient, sent, why("the client's end"));
    await calls.gives(
      "whether this process holds its inode",
      () => holdsOpen(String(mine?.inode)),
      true,
      "the client's end is a socket of this process",
    );
  });
});
