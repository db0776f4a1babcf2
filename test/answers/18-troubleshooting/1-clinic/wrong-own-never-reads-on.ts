/**
 * Wrong, own: has the depot pause for good at a name that it does not know.
 *
 * Says: "(sugar was not known, and salt is)"
 *
 * @module
 */
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";
import { services as ill } from "./wrong-stub-nothing-named-yet.ts";

export { diagnoses };

start({ ...services, depot: ill.depot });
