import { z } from "zod";
import { parseJson } from "../text/json.js";
import type { Overview } from "./overview.js";

/** The findings that are known and bear with: only others fail a run. */
const Baseline = z.object({
  version: z.literal(1),
  findings: z.array(
    z.object({ fingerprint: z.string().regex(/^[0-9a-f]{64}$/), picture: z.string(), title: z.string() }),
  ),
});

/** The name of the file that is looked for in the working folder. */
export const baselineFile = ".screenshot-workbench-baseline.json";

/** No honest one is larger. Bytes. */
export const mostBaselineBytes = 16 * 1024 * 1024;

/** @returns the fingerprints, or undefined when the text is no baseline */
export function readBaseline(text: string): Set<string> | undefined {
  const parsed = Baseline.safeParse(parseJson(text));
  return parsed.success ? new Set(parsed.data.findings.map(({ fingerprint }) => fingerprint)) : undefined;
}

/** A baseline of everything that was found, sorted, so that a review sees what changed. */
export function writeBaseline({ groups }: Overview): string {
  const findings = groups
    .flatMap(({ places }) => places)
    .map(({ fingerprint, path, finding }) => ({
      fingerprint,
      picture: path,
      title: finding.title,
    }))
    .sort((a, b) => (a.picture + a.title + a.fingerprint < b.picture + b.title + b.fingerprint ? -1 : 1));
  const baseline: z.infer<typeof Baseline> = { version: 1, findings };
  return `${JSON.stringify(baseline, null, 2)}\n`;
}
