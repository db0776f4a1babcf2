import { test } from "vitest";
import { describeConnectError } from "#exercises/03-addresses/2-describe-connect-error.ts";
import { everyByte } from "#support/bytes.ts";
import { Calls } from "#support/calls.ts";

test("describeConnectError() returns what it was given", async () => {
  const calls = new Calls();
  await calls.returns("describeConnectError()", () => describeConnectError(everyByte), everyByte);
});
