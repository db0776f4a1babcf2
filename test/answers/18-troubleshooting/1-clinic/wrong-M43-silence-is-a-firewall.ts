/**
 * Wrong, M43: takes a SYN that stays without an answer for one that was lost.
 *
 * Says: "diagnoses.clerk says "its segments get lost on the way", but ss 2 gives the server a reason"
 *
 * @module
 */
import {
  diagnoses as right,
  type Diagnosis,
  type Service,
  services,
  start,
} from "../../../../solutions/18-troubleshooting/1-clinic.ts";

export const diagnoses: Record<Service, Diagnosis> = {
  ...right,
  clerk: { cause: "its segments get lost on the way", proof: "frame 15" },
};

start(services);
