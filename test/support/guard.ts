/**
 * Makes visible what Deno 2.9 swallows: a throw in some listeners of `node:net` and in write
 * callbacks leaves the process running there, with exit code 0. Started with `--preload` before a
 * program, imported before a module; on Node it is never needed.
 *
 * @module
 */
import net from "node:net";

/** What the harness looks for in a program's standard error. */
export const swallowedMark = "Deno alone would have swallowed this:";

const swallowed = new Set<unknown>(["connection", "connect", "ready", "close", "drain"]);

type Call = (...args: unknown[]) => unknown;

/** The same function, whose throw reaches `uncaughtException`. */
function loud(call: Call): Call {
  return function (this: unknown, ...args) {
    try {
      return call.apply(this, args);
    } catch (error) {
      console.error(swallowedMark);
      queueMicrotask(() => {
        throw error;
      });
      return true;
    }
  };
}

if ("Deno" in globalThis) {
  for (const prototype of [net.Socket.prototype, net.Server.prototype]) {
    const { emit } = prototype as { emit: Call };
    const loudEmit = loud(emit);
    Object.assign(prototype, {
      emit(...args: unknown[]) {
        return (swallowed.has(args[0]) ? loudEmit : emit).apply(this, args);
      },
    });
  }
  const socket = net.Socket.prototype as unknown as Record<"write" | "end", Call>;
  for (const name of ["write", "end"] as const) {
    const original = socket[name];
    socket[name] = function (...args) {
      return original.apply(
        this,
        args.map((arg) => typeof arg === "function" ? loud(arg as Call) : arg),
      );
    };
  }
}
