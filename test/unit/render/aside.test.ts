import assert from "node:assert/strict";
import fc from "fast-check";
import type { Log } from "sarif";
import { markdownLine } from "../../../src/render/colours.js";
import { summaryToCsv } from "../../../src/render/csv.js";
import { summaryToHtml } from "../../../src/render/html.js";
import { reportToMarkdown } from "../../../src/render/markdown.js";
import { summaryToMarkdown } from "../../../src/render/markdownSummary.js";
import { overviewOf, slim } from "../../../src/render/overview.js";
import { auditsToSarif } from "../../../src/render/sarif.js";
import { workflows } from "../../../src/workflows/index.js";
import { seenPicture } from "../../support/geometry.js";
import { text } from "../../support/marks.js";
import { validatorOf } from "../../support/schemaFromTypes.js";

const row = (y: number) => ({ x: 40, y, width: 200, height: 18 });
const open = {
  status: "unmeasured" as const,
  reason: "It has an outline or a shadow, which may help or harm.",
};
const seen = seenPicture("page.png", 1280, 800, {
  texts: [
    text("T1", 0xaa, row(40)),
    text("T2", 0xaa, row(80)),
    text("T3", 0x99, row(120)),
    text("T4", 0x33, row(160), { contrast: open }),
  ],
});
const answer = {
  summary: "A page.",
  setAside: [{ marks: ["T3"], reason: "disabled" }],
  findings: [],
  cannotTell: [],
};
const { report } = workflows.audit.evaluate(answer, [seen]);
const outcome = { path: "a.png", sha256: "0".repeat(64), state: "done" as const, report: slim(report) };
const overview = overviewOf("audit", [outcome]);

describe("what Claude sets aside, in reports", () => {
  it("has a section of its own in Markdown, under its reason, with its numbers", () => {
    const markdown = reportToMarkdown(report);
    assert.match(
      markdown,
      /## Set aside by Claude\n\n[^\n]*do not count\.\n\n\*\*disabled\*\*, 1:\n\n- Text “Words of T3”[^\n]*\(1\.4\.3\)[^\n]*Measured: 2\.84:1, `#999999` on `#ffffff`; 4\.5:1 is needed\./,
    );
    assert.ok(markdown.indexOf("## 1. 2 texts such as") < markdown.indexOf("## Set aside"));
  });

  it("is counted and listed in reports on many, and is no problem there", () => {
    assert.deepEqual(
      overview.groups.map(({ finding }) => finding.marks),
      [["T1", "T2"]],
    );
    assert.match(summaryToMarkdown(overview), /1 set aside by Claude as disabled/);
    assert.match(
      summaryToMarkdown(overview),
      /## Set aside by Claude\n\n\*\*disabled\*\* · 1 place\n\n- a\.png: Text/,
    );
    assert.match(summaryToHtml(overview), /<h2>Set aside by Claude<\/h2>\s*<h3>disabled \(1\)<\/h3>/);
    const rows = summaryToCsv(overview).split("\r\n");
    assert.equal(rows[0]?.split(",")[8], "set aside");
    assert.deepEqual(
      rows.slice(1, 3).map((line) => line.includes(",measured,disabled,")),
      [false, true],
    );
  });
});

describe("what was not judged, in reports", () => {
  it("stands with its reason and places in Markdown", () => {
    assert.match(
      reportToMarkdown(report),
      /## Not judged\n\n- 1\.4\.3 Contrast \(Minimum\), 1 place: It has an outline or a shadow, which may help or harm: T4 “Words of T4” at 40, 160 \(picture px\)\n/,
    );
  });

  it("calls no picture fine of which less than 90 % was checked", () => {
    const partly = workflows.audit.evaluate(
      { ...answer, setAside: [{ marks: ["T1", "T2", "T3"], reason: "logo" }] },
      [seen],
    ).report;
    const words = summaryToMarkdown(overviewOf("audit", [{ ...outcome, report: slim(partly) }]));
    assert.match(words, /\| a\.png \| done \| only 0 % of the text was checked, 2 set aside by Claude \|/);
    assert.doesNotMatch(words, /no findings/);
  });
});

describe("SARIF of what is no finding", () => {
  const log = auditsToSarif(
    overviewOf("audit", [
      outcome,
      { path: "b.png", sha256: "1".repeat(64), state: "failed", reason: "b.png is no picture." },
    ]),
    "0.1.0",
  );
  const [run] = log.runs;
  const notifications = run?.invocations?.[0]?.toolExecutionNotifications ?? [];

  it("is told in notifications, with places, and opens no alert", () => {
    assert.ok(validatorOf<Log>("@types/sarif", "index.d.ts", "Log")(log));
    assert.equal(run?.results?.length, 1);
    assert.deepEqual(
      notifications.map(({ level, message }) => [level, message.text]),
      [
        ["warning", "Checked 66 % of the text."],
        [
          "note",
          "Not judged by 1.4.3 Contrast (Minimum): It has an outline or a shadow, which may help or harm.",
        ],
        ["error", "Not judged: b.png is no picture."],
        [
          "note",
          "Set aside by Claude, disabled: Text “Words of T3” has a contrast of 2.84:1. Measured: 2.84:1, #999999 on #ffffff; 4.5:1 is needed.",
        ],
      ],
    );
    assert.deepEqual(notifications[1]?.locations?.[0]?.properties?.region, {
      unit: "picture px",
      ...row(160),
    });
    assert.equal(run?.invocations?.[0]?.executionSuccessful, false);
  });

  it("has all places of a grouped finding, and what its rule asks for", () => {
    assert.deepEqual(
      run?.results?.[0]?.locations?.map(({ properties }) => properties?.region),
      [row(40), row(80)].map((box) => ({ unit: "picture px", ...box })),
    );
    const [rule] = run?.tool.driver.rules ?? [];
    assert.match(rule?.fullDescription?.text ?? "", /^Text has a contrast of at least 4\.5:1/);
    assert.match(
      rule?.help?.markdown ?? "",
      /\[Understanding 1\.4\.3 Contrast \(Minimum\)\]\(https:\/\/www\.w3\.org/,
    );
  });

  it("gives the tool's own address or none", () => {
    assert.equal(run?.tool.driver.informationUri, undefined);
    const { runs } = auditsToSarif(overview, "0.1.0", false, "https://example.org/tool");
    assert.equal(runs[0]?.tool.driver.informationUri, "https://example.org/tool");
  });
});

describe("colours in Markdown", () => {
  it("are code, and only where they are colours", () => {
    assert.equal(
      markdownLine("Instead of #aaaaaa on #FFFFFF, use #767676 (4.54:1)."),
      "Instead of `#aaaaaa` on `#FFFFFF`, use `#767676` (4.54:1).",
    );
    assert.equal(markdownLine("(#123456) a*b"), "(`#123456`) a\\*b");
    assert.equal(markdownLine("x#aaaaaa and #aaaaaaa"), "x#aaaaaa and #aaaaaaa");
  });

  it("leave all else as inert as before", () => {
    const outside = (line: string) => line.replace(/(?<!\\)(`+)(?!`)[^`]*(?:(?!\1)`+[^`]+)*\1/g, "");
    const part = fc.constantFrom(
      "#aaaaaa",
      "#767676",
      " ",
      "`",
      "[x](http://e.example)",
      "@all",
      "<b>",
      "Fixes #1",
      "(",
      "*",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        assert.doesNotMatch(outside(markdownLine(parts.join(""))), /(?<!\\)\]\(|(?<!\\)<|@all|#1\b|http:/);
      }),
    );
  });
});
