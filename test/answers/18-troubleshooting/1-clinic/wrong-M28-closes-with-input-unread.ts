/**
 * Wrong, M28: has the gate close in the middle of an upload.
 *
 * Says: "It reset the connection (RST)"
 *
 * @module
 */
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";
import { services as ill } from "./wrong-stub-nothing-named-yet.ts";

export { diagnoses };

start({ ...services, gate: ill.gate });
