/**
 * Wrong, own: leaves the press as it was.
 *
 * Says: "It ended (exit code 1) before it said where it listens: bind() 127.0.0.1"
 *
 * @module
 */
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";
import { services as ill } from "./wrong-stub-nothing-named-yet.ts";

export { diagnoses };

start({ ...services, press: ill.press });
