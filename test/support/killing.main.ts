import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { relative } from "node:path";

/**
 * Loaded into a process before anything else, by `node --import`, it ends the process with SIGKILL in the middle of a
 * write to the storage folder: the first that matches the pattern in the file `….kill` beside the folder. All writes are
 * listed in `….writes`, with their number and how the text begins.
 */
const folder = process.env.SCREENSHOT_WORKBENCH_STORAGE ?? "";
const order = `${folder}.kill`;
let count = 0;

type Operation = (...args: unknown[]) => Promise<unknown>;

function isLast(operation: string, path: unknown, data?: unknown): boolean {
  if (folder === "" || typeof path !== "string" || !path.startsWith(folder)) return false;
  const text = typeof data === "string" ? ` ${data.trim().slice(0, 80)}` : "";
  const write = `${++count} ${operation} ${relative(folder, path)}${text}`.replaceAll("\n", " ");
  appendFileSync(`${folder}.writes`, `${write}\n`);
  const wanted = existsSync(order) ? readFileSync(order, "utf8") : undefined;
  return wanted !== undefined && new RegExp(wanted).test(write);
}

function die(): void {
  rmSync(order);
  process.kill(process.pid, "SIGKILL");
}

function replace(target: object, name: string, by: (original: Operation) => Operation): void {
  const original: Operation = Reflect.get(target, name).bind(target);
  Reflect.set(target, name, by(original));
}

/** Dies before it changes the folder. */
const whole = (name: string, pathAt: number) =>
  replace(fs, name, (original) => async (...args) => {
    if (isLast(name, args[pathAt])) die();
    return original(...args);
  });
for (const name of ["mkdir", "rm", "unlink"]) whole(name, 0);
for (const name of ["rename", "link"]) whole(name, 1);

const half = (data: unknown) =>
  data instanceof Uint8Array
    ? data.subarray(0, data.length / 2)
    : String(data).slice(0, String(data).length / 2);

/** Dies when half of the data is written. */
const torn = (target: object, name: string, path?: unknown) =>
  replace(target, name, (write) => async (...args) => {
    const [file, data, ...more] = path === undefined ? args : [path, ...args];
    const given = path === undefined ? [file] : [];
    if (isLast(name, file, data)) {
      await write(...given, half(data), ...more);
      die();
    }
    return write(...given, data, ...more);
  });
for (const name of ["writeFile", "appendFile"]) torn(fs, name);
replace(fs, "open", (open) => async (...args) => {
  const [path, flags] = args;
  const writes = flags !== "r";
  if (writes && isLast("open", path)) die();
  const handle = (await open(...args)) as fs.FileHandle;
  if (writes) for (const name of ["writeFile", "appendFile"]) torn(handle, name, path);
  return handle;
});
syncBuiltinESMExports();
