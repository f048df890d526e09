import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bugs } from "./bugs.js";
import { AuditResult, addAudit, emptyScore } from "./scoreAudit.js";
import { scoreTriage, TriageResult } from "./scoreTriage.js";
import { screens } from "./screens.js";

/**
 * Scores what the command line wrote (`--format json`) of the pictures in DIR, against what is true of them:
 * RESULTS/NAME.json each.
 */
async function score(folder: string, results: string): Promise<void> {
  const truths = JSON.parse(await readFile(join(folder, "truth.json"), "utf8"));
  const total = emptyScore();
  for (const { name } of screens) {
    const text = await readFile(join(results, `${name}.json`), "utf8").catch(() => undefined);
    if (text === undefined) {
      console.log(`${name}: no answer`);
      continue;
    }
    const wrong = addAudit(total, truths[name], AuditResult.parse(JSON.parse(text)));
    console.log([name, ...wrong.map((one) => `  ${one}`)].join("\n"));
  }
  console.table(total);
  let [right, asked] = [0, 0];
  for (const bug of bugs) {
    const text = await readFile(join(results, `${bug.name}.json`), "utf8").catch(() => undefined);
    if (text === undefined) {
      console.log(`${bug.name}: no answer`);
      continue;
    }
    const { right: own, wrong } = scoreTriage(bug, TriageResult.parse(JSON.parse(text)));
    right += own;
    asked += own + wrong.length;
    console.log([bug.name, ...wrong.map((one) => `  ${one}`)].join("\n"));
  }
  console.log(`Fields of bug screenshots that are right: ${right} of ${asked}`);
}

const [folder, results] = process.argv.slice(2);
if (!folder || !results) throw new Error("Usage: score.main.js DIR RESULTS");
await score(folder, results);
