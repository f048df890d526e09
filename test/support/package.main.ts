import { packageFor, targets, thisTarget } from "./package.js";

/** Packages a VSIX for this platform, or with `--all` for all of them. */
for (const target of process.argv.includes("--all") ? targets : [thisTarget()]) {
  const { file, megabytes } = await packageFor(target);
  console.log(`${file}: ${megabytes.toFixed(1)} MB`);
}
