/**
 * Asks a server something and reads all of its reply.
 * @module
 */
export function requestReply(port: number): number {
  // TODO: Read it all
  throw new Error("Not written yet");
}

