/**
 * Holds a diagnosis of lesson 18's clinic against what was seen of the service. Which one is right is
 * written down nowhere: it is the one that nothing speaks against.
 *
 * @module
 */
import { type Evidence, evidenceOf, type Frame, type SsLine } from "./evidence.ts";
import { Story } from "./story.ts";
import { type Diagnosis as Kind, Verdict } from "./verdict.ts";

/** What an answer says of a service. */
interface Diagnosis {
  cause: string;
  /** `"ss 2"`, `"frame 12"`, `"log 3"` */
  proof: string;
}

/** What speaks against a cause; or else where it is seen. */
type Finding = string | { proofs: string[] };

const frame = ({ number }: Frame) => `frame ${number}`;
const line = ({ line }: SsLine) => `ss ${line}`;
const lines = ({ payload }: Frame) => payload.filter((byte) => byte === 10).length;
const hasData = ({ length }: Frame) => length > 0;
const from = ({ frames }: Evidence, who: Frame["from"]) => frames.filter((it) => it.from === who);
const listening = ({ ss }: Evidence) => ss.filter(({ state }) => state === "LISTEN");
const isTaken = ({ log }: Evidence) => log.findIndex((text) => text.includes("EADDRINUSE")) + 1;
const connected = ({ frames }: Evidence) => frames.some((it) => it.from === "server" && it.syn);

/** The server's first bytes after a frame of the client's, on the same connection. */
function answerTo({ frames }: Evidence, { number, clientPort }: Frame): Frame | undefined {
  return frames.find((it) =>
    it.number > number && it.clientPort === clientPort && it.from === "server" && hasData(it)
  );
}

/** What the client has sent last on a connection, before a frame. */
function before({ frames }: Evidence, { number, clientPort }: Frame): Frame | undefined {
  return frames.findLast((it) =>
    it.number < number && it.clientPort === clientPort && it.from === "client" && hasData(it)
  );
}

const noneOf = (state: string) => `no line of what ss said begins with ${state}`;
const notConnected = "there never was a connection";

/** Every cause in the list, and how it is told from the others. */
const causes: Record<string, (seen: Evidence) => Finding> = {
  "nobody listens on its port": (seen) => {
    const [found] = listening(seen);
    if (found) return `${line(found)} says that somebody does`;
    const taken = isTaken(seen);
    return taken ? `log ${taken} says why nobody does` : { proofs: [] };
  },
  "it listens on another address": (seen) => {
    const found = listening(seen);
    if (found.length === 0) return noneOf("LISTEN");
    const there = found.find(({ address }) => ["10.0.0.1", "0.0.0.0", "*"].includes(address));
    return there ? `${line(there)} says that it listens there` : { proofs: found.map(line) };
  },
  "another program listens on its port": (seen) => {
    if (!isTaken(seen)) return "the log says nothing of a port that is taken";
    return listening(seen).length === 0 ? noneOf("LISTEN") : { proofs: listening(seen).map(line) };
  },
  "its port is in TIME-WAIT": (seen) => {
    const found = seen.ss.filter(({ state }) => state === "TIME-WAIT");
    if (found.length === 0) return noneOf("TIME-WAIT");
    return isTaken(seen)
      ? { proofs: found.map(line) }
      : "the log says nothing of a port that is taken";
  },
  "its queue of connections is full": (seen) => {
    const [found] = listening(seen);
    if (!found) return noneOf("LISTEN");
    const { receiveQueue, sendQueue } = found;
    return receiveQueue > sendQueue
      ? { proofs: [line(found)] }
      : `${line(found)} says that ${receiveQueue} wait, and that there is room for ${sendQueue}`;
  },
  "its segments get lost on the way": (seen) => {
    const [queue] = listening(seen);
    if (queue && queue.receiveQueue > queue.sendQueue) {
      return `${line(queue)} gives the server a reason of its own not to answer a SYN`;
    }
    return ({ proofs: lost(seen).map(frame) }).proofs.length > 0
      ? { proofs: lost(seen).map(frame) }
      : "all that was sent was answered or acknowledged";
  },
  "it does not read": ({ ss }) => {
    const open = ss.filter(({ state }) => state === "ESTAB");
    const found = open.filter(({ receiveQueue }) => receiveQueue > 0);
    if (found.length > 0) return { proofs: found.map(line) };
    return open[0]
      ? `${line(open[0])} has a Recv-Q of 0: the program has taken all that came`
      : noneOf("ESTAB");
  },
  "it answers a chunk, not a request": (seen) => {
    const chunks = from(seen, "client").filter(hasData);
    const several = chunks.filter((it) => lines(it) > 1);
    if (several.length === 0) return "no segment holds more than one request";
    const answers = from(seen, "server").reduce((sum, it) => sum + lines(it), 0);
    if (answers < chunks.length) {
      return `${chunks.length} segments came with requests, and ${answers} answers went back`;
    }
    // From the first of them on, each answer speaks of it: that one, and those that lack the rest.
    const replies = from(seen, "server")
      .filter((it) => hasData(it) && it.number > several[0]!.number);
    return { proofs: [...[...several, ...replies].map(frame), ...fewerAnswers(seen)] };
  },
  "it waits for the end of the input": (seen) => {
    if (!connected(seen)) return notConnected;
    const end = from(seen, "client").find(({ fin }) => fin);
    const early = from(seen, "server").find((it) =>
      hasData(it) && !(end && it.number > end.number)
    );
    if (early) return `${frame(early)} is an answer, and the client had not ended by then`;
    if (!end || !answerTo(seen, end)) return "it sends no answer even when the client has ended";
    return { proofs: [frame(end), frame(answerTo(seen, end)!)] };
  },
  "the client does not read": ({ ss }) => {
    const found = ss.filter(({ state, sendQueue }) => state === "ESTAB" && sendQueue > 0);
    return found.length > 0
      ? { proofs: found.map(line) }
      : "no connection has a Send-Q above 0: the client has acknowledged all that it was sent";
  },
  "it computes for too long": (seen) => {
    if (!connected(seen)) return notConnected;
    const asked = from(seen, "client").filter(hasData);
    const prompt = asked.find((it) => (answerTo(seen, it)?.ms ?? Infinity) - it.ms < 20);
    if (prompt) return `${frame(prompt)} is answered by ${frame(answerTo(seen, prompt)!)} soon`;
    const late = asked.flatMap((it) => answerTo(seen, it) ?? []);
    return late.length > 0 ? { proofs: late.map(frame) } : "no answer comes, late or not";
  },
  "it waits for an acknowledgment before it sends the rest": (seen) => {
    const found = seen.frames.filter((it, i, all) => {
      const [last, next] = [all[i - 1], all[i + 1]];
      return it.from === "client" && !hasData(it) && last?.from === "server" && hasData(last) &&
        it.ms - last.ms > 20 && next?.from === "server" && hasData(next) && next.ms - it.ms < 5;
    });
    return found.length > 0
      ? { proofs: found.flatMap((it) => [frame(it), `frame ${it.number + 1}`]) }
      : "it never sends bytes right behind an acknowledgment that came late";
  },
  "it takes a half-close for a good-bye": (seen) => {
    const end = seen.frames.find(({ fin }) => fin);
    if (!end) return "no frame has a FIN";
    if (end.from === "server") return `${frame(end)} is the first FIN, and it is not the client's`;
    const last = before(seen, end);
    const answer = last && answerTo(seen, last);
    if (answer) return `${frame(answer)} had answered what was asked before the client's FIN`;
    const reply = from(seen, "server").find((it) => it.fin && it.clientPort === end.clientPort);
    return reply && end.ms - last!.ms < 100
      ? { proofs: [frame(end), frame(reply)] }
      : `${frame(end)} came when the client had waited in vain`;
  },
  "its idle limit cuts off its own work": (seen) => {
    const end = seen.frames.find(({ fin }) => fin);
    if (!end) return "no frame has a FIN";
    if (end.from === "client") return `${frame(end)} is the first FIN, and it is the client's`;
    const last = before(seen, end);
    if (!last || answerTo(seen, last)) return `${frame(end)} ends what had been answered`;
    const first = seen.ss.filter(({ state }) => state === "FIN-WAIT-2");
    return { proofs: [frame(end), ...first.map(line)] };
  },
  "it closes with input unread": (seen) => {
    if (!connected(seen)) return notConnected;
    const found = from(seen, "server").filter(({ rst }) => rst);
    return found.length > 0 ? { proofs: found.map(frame) } : "it never sends an RST";
  },
  "it never closes": ({ ss }) => {
    const found = ss.filter(({ state }) => state === "CLOSE-WAIT");
    return found.length > 0 ? { proofs: found.map(line) } : noneOf("CLOSE-WAIT");
  },
};

/** The lines of the log that count more requests than answers. */
function fewerAnswers({ log }: Evidence): string[] {
  return log.flatMap((text, i) => {
    const [, sent, got] = /sent (\d+) requests, got (\d+) answers/.exec(text) ?? [];
    return Number(got) < Number(sent) ? [`log ${i + 1}`] : [];
  });
}

/** What takes up a sequence number and is never answered. */
function lost({ frames }: Evidence): Frame[] {
  return frames.filter((it) =>
    (it.syn || it.fin || hasData(it)) &&
    !frames.some((later) =>
      later.number > it.number && later.from !== it.from && later.clientPort === it.clientPort &&
      (later.rst || (later.ack - it.seq >>> 0) >= it.length + Number(it.syn || it.fin))
    )
  );
}

/** The causes that nothing speaks against, and where each is seen. */
export function findings(service: string): Record<string, string[]> {
  const seen = evidenceOf(service);
  const all = Object.entries(causes).map(([cause, look]) => [cause, look(seen)] as const);
  return Object.fromEntries(
    all.flatMap(([cause, found]) => typeof found === "string" ? [] : [[cause, found.proofs]]),
  );
}

/**
 * Holds a diagnosis against the evidence.
 *
 * @param service `"till"`
 * @throws {Verdict} When something speaks against its cause, or its proof shows nothing
 */
export function checkDiagnosis(service: string, diagnosis: Diagnosis | undefined): void {
  const seen = evidenceOf(service);
  const story = new Story();
  for (const text of seen.log) story.tell(text);
  const refuse = (kind: Kind, sentence: string) =>
    new Verdict(kind, `diagnoses.${service} ${sentence}`, { story });
  const { cause = "", proof = "" } = diagnosis ?? {};
  if (cause === "" || cause === "not named yet") {
    throw refuse("not-written", "is not named yet: what does the evidence say?");
  }
  story.tell(`diagnoses.${service} says "${cause}", and for a proof "${proof}"`);
  const look = Object.hasOwn(causes, cause) ? causes[cause] : undefined;
  if (!look) throw refuse("wrong-value", `says "${cause}", which is not in the list of causes`);
  const found = look(seen);
  if (typeof found === "string") throw refuse("wrong-value", `says "${cause}", but ${found}`);
  if (found.proofs.includes(proof)) return;
  throw refuse("wrong-value", `names the cause, and for a proof ${whyNot(proof, seen)}`);
}

function whyNot(proof: string, { log, ss, frames }: Evidence): string {
  const [, where = "", digits] = /^(log|ss|frame) (\d+)$/.exec(proof) ?? [];
  if (!where) return `says "${proof}", wanted one like "log 1", "ss 1" or "frame 1"`;
  const [number, most] = [
    Number(digits),
    { log: log.length, ss: ss.length + 1, frame: frames.length }[where]!,
  ];
  return number < 1 || number > most
    ? `says "${proof}", and there are ${most}`
    : `says "${proof}", which would be there with another cause, too`;
}
