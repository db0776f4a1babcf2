/**
 * Wrong, M01: has the till answer each chunk once.
 *
 * Says: "wanted "50""
 *
 * @module
 */
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";
import { services as ill } from "./wrong-stub-nothing-named-yet.ts";

export { diagnoses };

start({ ...services, till: ill.till });
