/**
 * What berkeley/ and CPython's own modules must do alike.
 *
 * @module
 */
import type { Scenario } from "./scenario.ts";
import { addresses } from "./scenarios/addresses.ts";
import { close } from "./scenarios/close.ts";
import { connect } from "./scenarios/connect.ts";
import { datagrams } from "./scenarios/datagrams.ts";
import { names } from "./scenarios/names.ts";
import { options } from "./scenarios/options.ts";
import { packing } from "./scenarios/packing.ts";
import { ready } from "./scenarios/ready.ts";
import { selecting } from "./scenarios/selecting.ts";
import { sets } from "./scenarios/sets.ts";
import { transfer } from "./scenarios/transfer.ts";
import { waiting } from "./scenarios/waiting.ts";

/** All scenarios. */
export const scenarios: Scenario[] = [
  ...connect,
  ...close,
  ...transfer,
  ...waiting,
  ...datagrams,
  ...addresses,
  ...options,
  ...names,
  ...ready,
  ...sets,
  ...selecting,
  ...packing,
];
