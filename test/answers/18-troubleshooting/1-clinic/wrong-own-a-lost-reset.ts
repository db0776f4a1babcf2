/**
 * Wrong, own: takes a connection that breaks off for a fault of the wire.
 *
 * Says: "diagnoses.gate says "its segments get lost on the way", but all that was sent was answered or acknowledged"
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
  gate: { cause: "its segments get lost on the way", proof: "log 2" },
};

start(services);
