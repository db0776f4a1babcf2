/**
 * Wrong, own: takes a missing answer for proof that the request was not read.
 *
 * Says: "diagnoses.till says "it does not read", but ss 3 has a Recv-Q of 0"
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
  till: { cause: "it does not read", proof: "frame 12" },
};

start(services);
