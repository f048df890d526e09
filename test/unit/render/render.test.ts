import assert from "node:assert/strict";
import fc from "fast-check";
import type { Log } from "sarif";
import { readBaseline, writeBaseline } from "../../../src/render/baseline.js";
import { csv, summaryToCsv } from "../../../src/render/csv.js";
import { summaryToHtml } from "../../../src/render/html.js";
import { reportToMarkdown } from "../../../src/render/markdown.js";
import { summaryToMarkdown } from "../../../src/render/markdownSummary.js";
import { overviewOf, slim } from "../../../src/render/overview.js";
import { auditsToSarif } from "../../../src/render/sarif.js";
import { workflows } from "../../../src/workflows/index.js";
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

const pictures = [seenPicture("a|b[c](d).png", 1280, 800)] as const;
const reports = {
  audit: workflows.audit.evaluate(poisoned(auditAnswer), pictures).report,
  triage: workflows.triage.evaluate(poisoned(triageAnswer), pictures).report,
  diagram: workflows.diagram.evaluate(poisoned(diagramAnswer), pictures).report,
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

describe("a summary of many", () => {
  const clean = workflows.audit.evaluate(auditAnswer, [seenPicture("checkout.png", 1280, 800)]).report;
  const outcomes = (report: typeof clean) =>
    ["a.png", "=b.png", "c|d<e>.png"].map((path) => ({
      path,
      sha256: "0".repeat(64),
      state: "done" as const,
      report: slim(report),
    }));

  it("has the same problem on three screens as one row with three places", () => {
    const overview = overviewOf("audit", outcomes(clean));
    assert.equal(overview.groups.length, clean.findings.length - 1);
    for (const { places } of overview.groups) assert.equal(places.length, 3);
    const prints = overview.groups.flatMap(({ places }) => places.map(({ fingerprint }) => fingerprint));
    assert.equal(new Set(prints).size, prints.length);
    assert.match(summaryToMarkdown(overview), /## White on light green[^\n]*\n\n\*\*critical\*\*.*3 places/);
  });

  it("knows a finding by what it is about, not by its numbers and places", () => {
    const moved = {
      ...clean,
      findings: clean.findings.map((finding) => ({
        ...finding,
        title: finding.title.replace(/\d+/g, "7"),
        box: { x: 1, y: 2, width: 3, height: 4 },
      })),
    };
    const known = readBaseline(writeBaseline(overviewOf("audit", outcomes(clean))));
    assert.ok(known);
    const readNew = (report: typeof clean) =>
      overviewOf("audit", outcomes(report), known).groups.flatMap(({ places }) =>
        places.filter(({ isNew }) => isNew),
      );
    assert.deepEqual(readNew(moved), []);
    const [first] = clean.findings;
    assert.ok(first);
    // The same problem once more in the same picture is another finding.
    assert.equal(readNew({ ...clean, findings: [...clean.findings, first] }).length, 3);
    assert.equal(readBaseline("{}"), undefined);
  });

  it("stays text, whatever the answer says", () => {
    const overview = overviewOf("audit", outcomes(reports.audit));
    const html = summaryToHtml(overview);
    assert.doesNotMatch(html, /<img|<script|onerror=alert\(1\)>/);
    assert.deepEqual(
      [...new Set([...html.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => new URL(href ?? "").host))],
      ["www.w3.org"],
    );
    const markdown = summaryToMarkdown(overview).replace(/(?<!\\)(`+)(?!`)[^`]*(?:(?!\1)`+[^`]+)*\1/g, "");
    assert.doesNotMatch(
      markdown.replace(/\[WCAG [^\]]*\]\(https:\/\/www\.w3\.org[^)]*\)/g, ""),
      /(?<!\\)\]\(|(?<!\\)<|@all|http:/,
    );
    const cells = summaryToCsv(overview)
      .split(/\r\n/)
      .map((line) => line.split(",")[0]);
    assert.ok(cells.includes("'=b.png"));
  });

  it("leaves no cell that a spreadsheet takes for a formula", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 5 }), (row) => {
        const [line = ""] = [csv([row])];
        const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)];
        for (const [, quoted, plain] of cells)
          assert.doesNotMatch((quoted ?? plain ?? "").trimStart(), /^[=+@]/);
      }),
    );
    assert.equal(
      csv([["=1+1", "-2", "-x", "+1", "@a", " =b", 'say "hi"']]),
      `'=1+1,-2,'-x,'+1,'@a,' =b,"say ""hi"""\r\n`,
    );
  });
});

describe("SARIF", () => {
  const { report } = workflows.audit.evaluate(auditAnswer, [seenPicture("checkout.png", 1280, 800)]);
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

  it("says of each finding whether the baseline knows it", () => {
    const all = overviewOf("audit", [outcome]);
    const prints = all.groups.flatMap(({ places }) => places.map(({ fingerprint }) => fingerprint));
    const [known = ""] = prints;
    const { runs } = auditsToSarif(overviewOf("audit", [outcome], new Set([known])), "0.1.0", true);
    const states = (runs[0]?.results ?? []).map(({ baselineState, partialFingerprints }) => [
      Object.values(partialFingerprints ?? {})[0] === known,
      baselineState,
    ]);
    assert.deepEqual(
      states.sort(),
      prints.map((print) => [print === known, print === known ? "unchanged" : "new"]).sort(),
    );
    assert.ok(prints.length > 1);
  });

  it("shows links and placeholders in a picture's words as words (S4)", () => {
    const { report: live } = workflows.audit.evaluate(
      {
        ...auditAnswer,
        findings: auditAnswer.findings.map((one) => ({ ...one, title: "[x](http://evil.example) {0}" })),
      },
      [seenPicture("checkout.png", 1280, 800)],
    );
    const { runs } = auditsToSarif(overviewOf("audit", [{ ...outcome, report: slim(live) }]), "0.1.0");
    for (const { message } of runs[0]?.results ?? []) {
      if (!message.text?.includes("evil.example")) continue;
      assert.match(message.text, /^\\\[x\]\(http:\/\/evil\.example\) \{\{0\}\}/);
    }
    assert.ok(JSON.stringify(runs).includes("evil.example"));
  });

  it("has the picture as its place and the region of it in properties", () => {
    const [result] = log.runs[0]?.results ?? [];
    assert.equal(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri, "shots/a%20b.png");
    assert.deepEqual(result?.locations?.[0]?.physicalLocation?.region, { startLine: 1 });
    assert.deepEqual(result?.properties?.region, {
      unit: "picture px",
      x: 40,
      y: 507,
      width: 122,
      height: 46,
    });
    assert.equal(Object.keys(result?.partialFingerprints ?? {}).length, 1);
  });
});
