import { resolve } from "node:path";
import Mocha from "mocha";
import "./seed.main.js";

/** What a process that ran tests tells its parent. */
export interface Outcome {
  passed: number;
  failed: number;
  /** Title and message of each test that failed. */
  failures: string[];
}

/** Runs the test files that are named, and tells its parent how they ended. */
const files = process.argv.slice(2);
const mocha = new Mocha({ timeout: 300_000, forbidOnly: true, forbidPending: true });
for (const file of files) mocha.addFile(resolve("dist/test", file));
await mocha.loadFilesAsync();
const failures: string[] = [];
const runner = mocha.run((failed) => {
  const { passes: passed = 0, pending = 0 } = runner.stats ?? {};
  const outcome: Outcome = {
    passed,
    failed: passed === 0 ? Math.max(1, failed) : failed + pending,
    failures,
  };
  process.send?.(outcome, () => process.exit());
});
runner.on("fail", (test, error: Error) => failures.push(`${test.fullTitle()}: ${error.message}`));
