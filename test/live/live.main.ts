import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";

/** The three workflows against the real API. It costs a few cents, and is not part of `npm test`. */
if (!process.env.ANTHROPIC_API_KEY) {
  console.log("ANTHROPIC_API_KEY is not set: nothing was asked and nothing was tested.");
  process.exit(0);
}
const out = ".vscode-test/live";
mkdirSync(out, { recursive: true });
const workflows: ReadonlyArray<[string, string]> = [
  ["audit", "media/samples/checkout.png"],
  ["triage", "media/samples/crash.png"],
  ["diagram", "media/samples/whiteboard.jpg"],
];
let failed = 0;
for (const [workflow, picture] of workflows) {
  try {
    execFileSync(process.execPath, ["dist/cli.js", workflow, picture, "--format", "json", "--out", out], {
      stdio: "inherit",
    });
    console.log(`${workflow}: done, see ${out}`);
  } catch {
    failed++;
    console.log(`${workflow}: failed`);
  }
}
console.log(`${workflows.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
