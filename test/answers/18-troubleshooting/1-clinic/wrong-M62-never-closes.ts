/**
 * Wrong, M62: has the archive wait for a connection to close itself.
 *
 * Says: "no FIN within"
 *
 * @module
 */
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";
import { services as ill } from "./wrong-stub-nothing-named-yet.ts";

export { diagnoses };

start({ ...services, archive: ill.archive });
