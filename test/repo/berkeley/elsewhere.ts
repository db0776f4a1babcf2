/**
 * Imports a module of the library on a system that it does not know, and prints what it is told.
 *
 *     node test/repo/berkeley/elsewhere.ts win32 socket
 *     deno run -A test/repo/berkeley/elsewhere.ts win32 socket
 *
 * @module
 */
import process from "node:process";

const [platform, name] = process.argv.slice(2);
Object.defineProperty(process, "platform", { value: platform });
try {
  await import(`../../../berkeley/${name}.ts`);
  console.log("loaded");
} catch (error) {
  console.log(String(error));
}
