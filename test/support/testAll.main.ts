import { fork } from "node:child_process";
import { readdirSync } from "node:fs";
import { installServer } from "./server.js";
import { findChromium } from "./vscode.js";

/**
 * Runs every test; the last line is the count. Those in a real VS Code mostly wait, so that the others run beside them;
 * their output follows.
 */
findChromium();
await installServer();

const all = readdirSync("dist/test", { recursive: true, encoding: "utf8" })
  .filter((file) => /\.test\.js$/.test(file))
  .sort();
const isHost = (file: string) => file.startsWith("host");

interface Counts {
  passed: number;
  failed: number;
}

/** Runs files in a process of their own. One that ends without counts has failed. */
function run(files: string[], print: (output: Buffer) => void): Promise<Counts> {
  return new Promise((resolve) => {
    let counts: Counts = { passed: 0, failed: 1 };
    const child = fork("dist/test/support/testSome.main.js", files, {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    child.stdout?.on("data", print);
    child.stderr?.on("data", print);
    child.on("message", (message) => {
      counts = message as Counts;
    });
    child.once("close", () => resolve(counts));
  });
}

const later: Buffer[] = [];
const [inHost, others] = await Promise.all([
  run(all.filter(isHost), (output) => later.push(output)),
  run(
    all.filter((file) => !isHost(file)),
    (output) => process.stdout.write(output),
  ),
]);
process.stdout.write(Buffer.concat(later));
const passed = inHost.passed + others.passed;
const failed = inHost.failed + others.failed;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = passed === 0 || failed > 0 ? 1 : 0;
