import { fork } from "node:child_process";
import { readdirSync } from "node:fs";
import { prepareChromium } from "./chromium.js";
import { installServer } from "./server.js";
import type { Outcome } from "./testSome.main.js";

/**
 * Runs every test. Those in a real VS Code mostly wait, so that the others run beside them; their output follows. At the
 * end, where they are seen first, stand the failures, and last the count.
 */
await prepareChromium();
await installServer();

const all = readdirSync("dist/test", { recursive: true, encoding: "utf8" })
  .filter((file) => /\.test\.js$/.test(file))
  .sort();
const isHost = (file: string) => file.startsWith("host");

/** Runs files in a process of their own. One that ends without a word has failed. */
function run(files: string[], print: (output: Buffer) => void): Promise<Outcome> {
  return new Promise((resolve) => {
    let outcome: Outcome = { passed: 0, failed: 1, failures: ["The process of the tests ended early."] };
    const child = fork("dist/test/support/testSome.main.js", files, {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    child.stdout?.on("data", print);
    child.stderr?.on("data", print);
    child.on("message", (message) => {
      outcome = message as Outcome;
    });
    child.once("close", () => resolve(outcome));
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
for (const failure of [...others.failures, ...inHost.failures]) console.log(`failed: ${failure}`);
const passed = inHost.passed + others.passed;
const failed = inHost.failed + others.failed;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = passed === 0 || failed > 0 ? 1 : 0;
