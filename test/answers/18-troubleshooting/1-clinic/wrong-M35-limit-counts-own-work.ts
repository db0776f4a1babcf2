/**
 * Wrong, M35: has the idle limit of the oracle run while it thinks.
 *
 * Says: "the answer to Ada's question"
 *
 * @module
 */
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";
import { services as ill } from "./wrong-stub-nothing-named-yet.ts";

export { diagnoses };

start({ ...services, oracle: ill.oracle });
