/**
 * Wrong, M42: hands the message on, which is made for programmers.
 *
 * Says: "of a closed port gave "connect ECONNREFUSED"
 *
 * @module
 */
export function describeConnectError(error: unknown): string {
  return String((error as Error).message);
}
