/**
 * Wrong, own: takes a late answer for the work of a slow program.
 *
 * Says: "diagnoses.quotes says "it computes for too long", but frame 4 is answered by frame 6 soon"
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
  quotes: { cause: "it computes for too long", proof: "frame 13" },
};

start(services);
