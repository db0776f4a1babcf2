/**
 * How many listeners are left on a signal.
 *
 * @module
 */

/**
 * Counts from now on what is added to a signal and taken away again, in whichever way: by
 * `removeEventListener()`, or by a signal that was given along with the listener.
 *
 * @returns How many listeners there are just now
 */
export function countListeners(signal: AbortSignal): () => number {
  const left = new Map<unknown, Set<boolean>>();
  const captures = (options: unknown) =>
    typeof options === "object" ? Boolean((options as { capture?: boolean })?.capture) : !!options;
  const forget = (listener: unknown, options: unknown) =>
    left.get(listener)?.delete(captures(options));
  const { addEventListener, removeEventListener } = signal;
  Object.assign(signal, {
    addEventListener(...args: Parameters<AbortSignal["addEventListener"]>) {
      const [, listener, options] = args;
      addEventListener.apply(signal, args);
      const until = typeof options === "object" ? options?.signal : undefined;
      if (!listener || until?.aborted) return;
      left.set(listener, (left.get(listener) ?? new Set()).add(captures(options)));
      until?.addEventListener("abort", () => forget(listener, options));
    },
    removeEventListener(...args: Parameters<AbortSignal["removeEventListener"]>) {
      removeEventListener.apply(signal, args);
      forget(args[1], args[2]);
    },
  });
  return () => [...left.values()].reduce((sum, { size }) => sum + size, 0);
}
