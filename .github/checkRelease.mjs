// @ts-check
import { readFileSync } from "node:fs";

/** Says what keeps this commit from being released, before an hour is spent on building it. */
const { version, repository } = JSON.parse(readFileSync("package.json", "utf8"));
const tag = process.env.GITHUB_REF_NAME;
const problems = [
  ...(repository
    ? []
    : ["package.json has no `repository`: npm does not take a package whose origin is not named."]),
  ...(tag === `v${version}` ? [] : [`The tag is ${tag}, and the version in package.json ${version}.`]),
];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
