/**
 * Wrong, M43: takes a refusal for proof that no program listens.
 *
 * Says: "diagnoses.lobby says "nobody listens on its port", but ss 2 says that somebody does"
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
  lobby: { cause: "nobody listens on its port", proof: "frame 2" },
};

start(services);
