/**
 * Wrong, M46: takes EADDRINUSE for proof that another program listens.
 *
 * Says: "diagnoses.press says "another program listens on its port", but no line of what ss said begins with LISTEN"
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
  press: { cause: "another program listens on its port", proof: "log 4" },
};

start(services);
