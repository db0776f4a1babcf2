/**
 * Wrong, M58: has the quotes send each answer in two writes.
 *
 * Says: "their second line waits until the first one is acknowledged"
 *
 * @module
 */
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";
import { services as ill } from "./wrong-stub-nothing-named-yet.ts";

export { diagnoses };

start({ ...services, quotes: ill.quotes });
