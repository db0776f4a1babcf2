/**
 * What differs between the systems: numbers of constants, layouts of structures.
 *
 * Linux's were read off its headers and run. Those of macOS are from its headers too; nothing here
 * has been run there.
 *
 * @module
 */
import { endianness } from "node:os";
import process from "node:process";

/** Whether this is Linux; the other system that this library knows is macOS. */
export const isLinux: boolean = process.platform === "linux";

/** Whether numbers lie in memory with their lowest byte first, as on x86-64 and arm64. */
export const littleEndian: boolean = endianness() === "LE";

/** What a constant is that the system does not have: the kernel refuses it. */
export const absent = -1;

if (process.platform !== "linux" && process.platform !== "darwin") {
  throw new Error(
    `The berkeley library calls the sockets of Linux or macOS, and this is ${process.platform}. ` +
      "On Windows, work in WSL (wsl --install). Lessons 4 and 5, two programs of lesson 2 and " +
      "three of lesson 9 need it; all others run without",
  );
}

/** Takes the number that this system gives a constant. */
export function here(linux: number, darwin: number): number {
  return isLinux ? linux : darwin;
}

/** `struct epoll_event` is packed on x86-64 alone (epoll_ctl(2)): its size in 32-bit words. */
export const epollWords: number = process.arch === "x64" ? 3 : 4;
