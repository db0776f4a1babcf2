/**
 * Wrong, M26: has the report take the client's FIN for its good-bye.
 *
 * Says: "Ada's FIN only says that Ada sends no more"
 *
 * @module
 */
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";
import { services as ill } from "./wrong-stub-nothing-named-yet.ts";

export { diagnoses };

start({ ...services, report: ill.report });
