/**
 * Wrong, own: takes every end without an answer for one and the same.
 *
 * Says: "diagnoses.oracle says "it takes a half-close for a good-bye", but frame 6 is the first FIN, and it is not the client's"
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
  oracle: { cause: "it takes a half-close for a good-bye", proof: "frame 6" },
};

start(services);
