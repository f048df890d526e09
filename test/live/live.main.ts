import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";

/** The three jobs against the real API. It costs a few cents, and is not part of `npm test`. */
if (!process.env.ANTHROPIC_API_KEY) {
  console.log("ANTHROPIC_API_KEY is not set: nothing was asked and nothing was tested.");
  process.exit(0);
}
const out = ".vscode-test/live";
mkdirSync(out, { recursive: true });
const jobs: ReadonlyArray<[string, string]> = [
  ["audit", "media/samples/checkout.png"],
  ["triage", "media/samples/crash.png"],
  ["diagram", "media/samples/whiteboard.jpg"],
];
let failed = 0;
for (const [job, picture] of jobs) {
  try {
    execFileSync(process.execPath, ["dist/cli.js", job, picture, "--format", "json", "--out", out], {
      stdio: "inherit",
    });
    console.log(`${job}: done, see ${out}`);
  } catch {
    failed++;
    console.log(`${job}: failed`);
  }
}
console.log(`${jobs.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
