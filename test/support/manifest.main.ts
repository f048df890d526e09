import { readFileSync, writeFileSync } from "node:fs";
import { importRules } from "./lintRules.js";

/** Writes what is generated from lists in the code: the linter's import rules. */
const lint = JSON.parse(readFileSync("biome.json", "utf8")) as { overrides: object[] };
const others = lint.overrides.filter((rule) => !JSON.stringify(rule).includes("noRestrictedImports"));
writeFileSync(
  "biome.json",
  `${JSON.stringify({ ...lint, overrides: [...importRules(), ...others] }, null, 2)}\n`,
);
