/**
 * The learner's clock in the hands of a test.
 *
 * @module
 */
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import timers from "node:timers/promises";
import { vi } from "vitest";
import type { Story } from "./story.ts";

/** A clock that goes on by itself and can be put forward. */
export interface Clock extends Disposable {
  /** Lets time pass at once for whoever has set a timer. */
  pass(ms: number): void;
}

/**
 * Puts a clock in the place of Date, the global timers, those of node:timers/promises and the idle
 * timers of sockets, until the end of the scope.
 */
export function takeClock(story: Story): Clock {
  const toFake = ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] as const;
  vi.useFakeTimers({ toFake: [...toFake], shouldAdvanceTime: true });
  const { setTimeout: promisedTimer } = timers;
  timers.setTimeout = (ms, value) =>
    new Promise((resolve) => setTimeout(() => resolve(value!), ms));
  syncBuiltinESMExports();
  const { setTimeout: idleTimer } = net.Socket.prototype;
  net.Socket.prototype.setTimeout = function (ms: number, onTimeout?: () => void) {
    if (onTimeout) this.once("timeout", onTimeout);
    watchIdle(this, ms);
    return this;
  };
  return {
    pass(ms) {
      story.tell(`${ms / 1000} s went by on its clock`);
      vi.advanceTimersByTime(ms);
    },
    [Symbol.dispose]() {
      net.Socket.prototype.setTimeout = idleTimer;
      timers.setTimeout = promisedTimer;
      vi.useRealTimers();
      syncBuiltinESMExports();
    },
  };
}

const idle = new WeakMap<net.Socket, ReturnType<typeof setTimeout>>();

/** Emits "timeout" once nothing has gone either way for so long. */
function watchIdle(socket: net.Socket, ms: number): void {
  clearTimeout(idle.get(socket));
  if (ms === 0) return;
  const moved = () => socket.bytesRead + socket.bytesWritten;
  const before = moved();
  const timer = setTimeout(() => {
    if (socket.destroyed) return;
    if (moved() === before) socket.emit("timeout");
    else watchIdle(socket, ms);
  }, ms);
  idle.set(socket, timer);
}
