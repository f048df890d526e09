import assert from "node:assert/strict";
import type { Log } from "sarif";
import { reportToMarkdown } from "../../../src/render/markdown.js";
import { overviewOf, slim } from "../../../src/render/overview.js";
import { auditsToSarif } from "../../../src/render/sarif.js";
import { jobs } from "../../../src/workflows/index.js";
import { auditAnswer, diagramAnswer, triageAnswer } from "../../support/cannedAnswers.js";
import { seenPicture } from "../../support/geometry.js";
import { validatorOf } from "../../support/schemaFromTypes.js";

const hostile =
  "[x](command:evil) <img src=x onerror=alert(1)> @all Fixes #1 ```\n# h | ![i](http://evil.example)";

/** Every text of an answer, made hostile. */
function poisoned<T>(value: T): T {
  const walk = (part: unknown, key: string): unknown => {
    if (typeof part === "string")
      return /^(high|medium|low|critical|serious|moderate|minor|\d\.\d\.\d+|unknown)$/.test(part) ||
        ["id", "from", "to", "kind", "direction", "shape", "line", "group", "severity"].includes(key) ||
        key.endsWith("Head") ||
        key.endsWith("Count")
        ? part
        : hostile;
    if (Array.isArray(part)) return part.map((entry) => walk(entry, key));
    if (part && typeof part === "object")
      return Object.fromEntries(Object.entries(part).map(([name, entry]) => [name, walk(entry, name)]));
    return part;
  };
  return walk(value, "") as T;
}

const picture = seenPicture("a|b[c](d).png", 1280, 800);
const reports = {
  audit: jobs.audit.read(poisoned(auditAnswer), picture).report,
  triage: jobs.triage.read(poisoned(triageAnswer), picture).report,
  diagram: jobs.diagram.read(poisoned(diagramAnswer), picture).report,
};

describe("a hostile answer", () => {
  for (const [name, report] of Object.entries(reports)) {
    it(`stays text in Markdown: ${name}`, () => {
      const outside = reportToMarkdown(report)
        .replace(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, "")
        .replace(/\[WCAG [^\]]*\]\(https:\/\/www\.w3\.org[^)]*\)/g, "")
        .replace(/(?<!\\)(`+)(?!`)[^`]*(?:(?!\1)`+[^`]+)*\1/g, "");
      assert.doesNotMatch(outside, /(?<!\\)\]\(/);
      assert.doesNotMatch(outside, /(?<!\\)</);
      assert.doesNotMatch(outside, /@all|#1|http:/);
    });
  }
});

describe("SARIF", () => {
  const { report } = jobs.audit.read(auditAnswer, seenPicture("checkout.png", 1280, 800));
  const outcome = {
    path: "shots/a b.png",
    sha256: "0".repeat(64),
    state: "done" as const,
    report: slim(report),
  };
  const log = auditsToSarif(overviewOf("audit", [outcome]), "0.1.0");

  it("is valid against its schema", () => {
    const validate = validatorOf<Log>("@types/sarif", "index.d.ts", "Log");
    assert.ok(validate(log), JSON.stringify(validate.errors));
  });

  it("has the picture as its place and the region of it in properties", () => {
    const [result] = log.runs[0]?.results ?? [];
    assert.equal(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri, "shots/a%20b.png");
    assert.deepEqual(result?.locations?.[0]?.physicalLocation?.region, { startLine: 1 });
    assert.deepEqual(result?.properties?.region, { unit: "px", x: 40, y: 507, width: 122, height: 46 });
    assert.equal(Object.keys(result?.partialFingerprints ?? {}).length, 1);
  });
});
