import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import Mocha from "mocha";
import { installServer } from "./server.js";
import { findChromium } from "./vscode.js";

/** Runs every test, unit first and then in a real VS Code; the last line is the count. */
findChromium();
await installServer();

const all = readdirSync("dist/test", { recursive: true, encoding: "utf8" })
  .filter((file) => /\.test\.js$/.test(file))
  .sort((a, b) => Number(a.startsWith("host")) - Number(b.startsWith("host")) || a.localeCompare(b));

const mocha = new Mocha({ timeout: 20_000, forbidOnly: true, forbidPending: true });
for (const file of all) mocha.addFile(resolve("dist/test", file));
await mocha.loadFilesAsync();
const runner = mocha.run((failures) => {
  const { passes = 0, pending = 0 } = runner.stats ?? {};
  console.log(`${passes} passed, ${failures + pending} failed`);
  process.exit(passes === 0 || failures + pending > 0 ? 1 : 0);
});
