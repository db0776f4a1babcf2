/**
 * Wrong, M45: leaves the lobby on 127.0.0.1, whatever it is told.
 *
 * Says: "It listens on 127.0.0.1, not on 127.0.0.2"
 *
 * @module
 */
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";
import { services as ill } from "./wrong-stub-nothing-named-yet.ts";

export { diagnoses };

start({ ...services, lobby: ill.lobby });
