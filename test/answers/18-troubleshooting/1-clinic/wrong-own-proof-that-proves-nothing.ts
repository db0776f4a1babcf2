/**
 * Wrong, own: finds the cause, and cites what a firewall would have shown as well.
 *
 * Says: "diagnoses.clerk names the cause, and for a proof says "frame 15", which would be there with another cause, too"
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
  clerk: { cause: "its queue of connections is full", proof: "frame 15" },
};

start(services);
