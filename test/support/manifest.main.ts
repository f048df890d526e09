import { readFileSync, writeFileSync } from "node:fs";
import { activationEvents, contributes, workflowsForActivation, workflowsPage } from "./contributes.js";
import { importRules } from "./lintRules.js";

/**
 * Writes what is generated from lists in the code: the linter's import rules, what package.json contributes to VS Code,
 * and the walkthrough's list of workflows.
 */
const lint = JSON.parse(readFileSync("biome.json", "utf8")) as { overrides: object[] };
const others = lint.overrides.filter((rule) => !JSON.stringify(rule).includes("noRestrictedImports"));
write("biome.json", { ...lint, overrides: [...importRules(), ...others] });

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as object;
write("package.json", {
  ...manifest,
  activationEvents: activationEvents(),
  contributes: contributes(),
  workflows: workflowsForActivation(),
});
writeFileSync("media/walkthrough/run.md", workflowsPage());

function write(file: string, value: object): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
