/**
 * Right: cites frames wherever the capture shows what the log does not.
 *
 * Refused by a test that knows one place for each cause, the one in the solution.
 *
 * @module
 */
import {
  type Diagnosis,
  type Service,
  services,
  start,
} from "../../../../solutions/18-troubleshooting/1-clinic.ts";

export const diagnoses: Record<Service, Diagnosis> = {
  // Frame 2 refuses, as it would if nobody listened. The line of ss says that somebody does, elsewhere.
  lobby: { cause: "it listens on another address", proof: "ss 2" },
  // Frames 15 to 17 repeat a SYN, as they would behind a firewall; two wait in a queue for one.
  clerk: { cause: "its queue of connections is full", proof: "ss 2" },
  // Frame 6 is the server's FIN, the first of the two: so it is the server that has to wait.
  press: { cause: "its port is in TIME-WAIT", proof: "ss 2" },
  // Frame 8 has five bytes, 30 and 8 and two line feeds; frame 9 acknowledges all five, and has one
  // answer. Frames 10 and 11 show that it reads on.
  till: { cause: "it answers a chunk, not a request", proof: "frame 9" },
  // From frame 11 on requests are acknowledged, and none is answered. The kernel has 23,256 bytes.
  depot: { cause: "it does not read", proof: "ss 3" },
  // Frame 11 answers 0.2 ms after frame 10. Its second half is frame 13, right behind an
  // acknowledgment that took 43 ms.
  quotes: { cause: "it waits for an acknowledgment before it sends the rest", proof: "frame 13" },
  // Frame 6 is the client's FIN, frame 7 the server's, 5 ms later, and no byte before it.
  report: { cause: "it takes a half-close for a good-bye", proof: "frame 7" },
  // The same log; but here frame 6 is the server's FIN, 204 ms after the question, and the client had
  // sent none.
  oracle: { cause: "its idle limit cuts off its own work", proof: "ss 3" },
  // The answer is in frame 26. Frame 30 is the RST that took it away.
  gate: { cause: "it closes with input unread", proof: "frame 30" },
  // Frames 8, 17 and 26 are the clients' FINs, which are acknowledged and never answered by others.
  archive: { cause: "it never closes", proof: "ss 5" },
};

start(services);
