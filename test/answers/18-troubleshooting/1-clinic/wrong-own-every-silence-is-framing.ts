/**
 * Wrong, own: takes every missing answer for the fault of lesson 7.
 *
 * Says: "diagnoses.depot says "it answers a chunk, not a request", but"
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
  depot: { cause: "it answers a chunk, not a request", proof: "frame 11" },
};

start(services);
