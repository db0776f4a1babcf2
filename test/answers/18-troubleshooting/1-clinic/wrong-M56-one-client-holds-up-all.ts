/**
 * Wrong, M56: has the clerk wait for one client for ever.
 *
 * Says: "(while Ada had said nothing)"
 *
 * @module
 */
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";
import { services as ill } from "./wrong-stub-nothing-named-yet.ts";

export { diagnoses };

start({ ...services, clerk: ill.clerk });
