import assert from "node:assert/strict";
import fc from "fast-check";
import { type Colour, contrastRatio, hex } from "../../../src/measure/colour.js";
import type { TextMark } from "../../../src/report.js";
import { workflows } from "../../../src/workflows/index.js";
import { auditAnswer } from "../../support/cannedAnswers.js";
import { seenPicture } from "../../support/geometry.js";
import { control, text } from "../../support/marks.js";

const row = (y: number, width = 200) => ({ x: 40, y, width, height: 18 });
const unmeasured = (id: string, y: number, more: Partial<TextMark> = {}, width = 200): TextMark =>
  text(id, 0x99, row(y, width), {
    contrast: {
      status: "unmeasured",
      reason: "Its contrast lies between 4.3:1 and 4.7:1: too close to 4.5:1 to tell in this picture.",
      low: 4.3,
      high: 4.7,
    },
    ...more,
  });
const offline = (measured: Parameters<typeof seenPicture>[3], level?: string) =>
  workflows.audit.offline?.([seenPicture("page.png", 1280, 800, measured)], level ? { level } : {}).report ??
  assert.fail();

describe("the audit's headline", () => {
  const dark = text("T1", 0x33, row(40));

  it("says how much of the text was checked, cut, and calls nothing fine below 90 %", () => {
    const all = offline({ texts: [dark] });
    assert.match(all.summary, /^Checked 100 % of the text\. .*No failure was measured\.$/);
    const half = offline({ texts: [dark, unmeasured("T2", 80)] });
    assert.match(half.summary, /^Checked 50 % of the text\. What was not checked may fail\./);
    assert.doesNotMatch(half.summary, /No failure|fine/);
    const most = offline({ texts: [dark, text("T3", 0x33, row(60, 1790)), unmeasured("T2", 80, {}, 10)] });
    assert.match(most.summary, /^Checked 99 % of the text\./);
  });

  it("says that there was nothing to check", () => {
    assert.match(offline({}).summary, /^No text was found to check\./);
    assert.doesNotMatch(offline({}).summary, /No failure/);
    const { report } = workflows.audit.evaluate(auditAnswer, [seenPicture("page.png", 1280, 800)]);
    assert.equal(report.notJudged[0], "Contrast by measurement: no text was found in the pixels");
  });

  it("says it of Claude's answer, too", () => {
    const answer = { ...auditAnswer, summary: "A page.", findings: [] };
    const report = (texts: TextMark[]) =>
      workflows.audit.evaluate(answer, [seenPicture("page.png", 1280, 800, { texts })]).report;
    assert.equal(
      report([dark]).summary,
      "Checked 100 % of the text. A page. No problem was found in what a picture can show.",
    );
    assert.equal(
      report([dark, unmeasured("T2", 80)]).summary,
      "Checked 50 % of the text. What was not checked may fail. A page.",
    );
  });
});

describe("what has no verdict", () => {
  it("is grouped by reason, without the numbers that each has of its own, with its places", () => {
    const { undecided, notJudged } = offline({
      texts: [
        unmeasured("T1", 40),
        unmeasured("T2", 80, {
          contrast: {
            status: "unmeasured",
            reason: "Its contrast lies between 4.4:1 and 4.6:1: too close to 4.5:1 to tell in this picture.",
            low: 4.4,
            high: 4.6,
          },
        }),
        unmeasured("T3", 120, {
          contrast: {
            status: "unmeasured",
            reason: "It is a single sign, perhaps an icon; its contrast lies between 1.2:1 and 1.3:1.",
          },
        }),
      ],
    });
    assert.deepEqual(
      undecided.map(({ criterion, reason, places }) => [
        criterion.number,
        reason,
        places.map(({ id }) => id),
      ]),
      [
        ["1.4.3", "Too close to 4.5:1 to tell in this picture", ["T1", "T2"]],
        ["1.4.3", "It is a single sign, perhaps an icon", ["T3"]],
      ],
    );
    assert.equal(undecided[0]?.places[0]?.label, "“Words of T1” (4.3 to 4.7:1)");
    assert.ok(notJudged.some((entry) => /Keyboard/.test(entry)));
  });

  it("has no crumbs; how many there were is told", () => {
    const crumb = unmeasured("T1", 40, { text: "", box: { x: 4, y: 4, width: 3, height: 5 } });
    const { undecided, notJudged, coverage } = offline({ texts: [crumb], unread: 7 });
    assert.deepEqual([undecided, coverage], [[], undefined]);
    assert.ok(notJudged.includes("1 speck too small to be text"));
    assert.ok(notJudged.includes("The words of 7 lines: there are too many to read them all"));
  });

  it("names small targets that may have room enough, or a label that can be pressed", () => {
    const { undecided } = offline({
      controls: [control("C1", 300, 18), control("C2", 600, 16, { kind: "radio" })],
    });
    assert.deepEqual(
      undecided.map(({ criterion, places }) => [criterion.number, places.map(({ label }) => label)]),
      [["2.5.8", ["icon button", "radio button"]]],
    );
  });
});

describe("one grey", () => {
  it("is one finding, in the colour that most of its texts have, and another grey is another", () => {
    const { findings } = offline({
      texts: [
        text("T1", 0x86, row(40)),
        text("T2", 0x88, row(80)),
        text("T3", 0x88, row(120)),
        text("T4", 0x8a, row(160)),
        text("T5", 0xa8, row(200)),
      ],
    });
    assert.deepEqual(
      findings.map(({ marks }) => marks),
      [["T5"], ["T2", "T3", "T1", "T4"]],
    );
    assert.match(findings[1]?.title ?? "", /^4 texts such as “Words of T2” have a contrast of 3\.54:1$/);
    assert.match(findings[1]?.problem ?? "", /Measured in 3 shades: most likely all are #888888\./);
  });

  it("is not one with the same grey on another ground", () => {
    const onGrey = text("T2", 0x88, row(80));
    if (onGrey.contrast.status === "measured")
      onGrey.contrast = { ...onGrey.contrast, background: "#e8e8e8" };
    assert.equal(offline({ texts: [text("T1", 0x88, row(40)), onGrey] }).findings.length, 2);
  });

  it("can be mended by the text's colour or the ground's, with ratios that suffice", () => {
    const level = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(
        fc.tuple(level, level, level),
        fc.tuple(level, level, level),
        (ink: Colour, ground: Colour) => {
          const worst = contrastRatio(ink, ground);
          fc.pre(worst < 4.5);
          const mark = text("T1", 0, row(40), {
            contrast: {
              status: "measured",
              worst,
              best: worst,
              needed: 4.5,
              passes: false,
              foreground: hex(ink),
              background: hex(ground),
            },
          });
          const [finding] = offline({ texts: [mark] }).findings;
          const fixes = [...(finding?.fix ?? "").matchAll(/#([0-9a-f]{6}) (for \w+)[^(]*\(([\d.]+):1\)/g)];
          assert.equal(fixes.length, 2, finding?.fix);
          for (const [, colour = "", role, said] of fixes) {
            const changed: Colour = [0, 2, 4].map((index) =>
              Number.parseInt(colour.slice(index, index + 2), 16),
            ) as never;
            const ratio = role === "for the" ? contrastRatio(changed, ground) : contrastRatio(ink, changed);
            assert.ok(ratio >= 4.5 && Math.abs(ratio - Number(said)) < 0.011, `${finding?.fix} is ${ratio}`);
          }
        },
      ),
    );
  });
});

describe("how sure a measured finding is", () => {
  it("follows from how surely its words were read", () => {
    const confidence = (words: string, certainty: number) =>
      offline({ texts: [text("T1", 0xaa, row(40), { text: words, confidence: certainty })] }).findings[0]
        ?.confidence;
    assert.deepEqual(
      [
        confidence("Save changes", 90),
        confidence("Save changes", 45),
        confidence("Ea", 75),
        confidence("Ea", 40),
        confidence("", 0),
      ],
      ["high", "medium", "medium", "low", "low"],
    );
  });
});

describe("level AAA", () => {
  const measured = {
    texts: [text("T1", 0xaa, row(40)), text("T2", 0x66, row(80)), text("T3", 0x33, row(120))],
    controls: [control("C1", 300, 30), control("C2", 700, 50)],
  };
  const numbers = (level?: string) =>
    offline(measured, level).findings.map(({ criterion, marks, impact }) => [
      criterion?.number,
      marks.join(),
      impact,
    ]);

  it("adds enhanced contrast and target sizes, to what passes AA, as minor", () => {
    assert.deepEqual(numbers(), [["1.4.3", "T1", "serious"]]);
    assert.deepEqual(numbers("AA"), numbers());
    assert.deepEqual(numbers("AAA"), [
      ["1.4.3", "T1", "serious"],
      ["1.4.6", "T2", "minor"],
      ["2.5.5", "C1", "minor"],
    ]);
  });

  it("is what Claude is asked for", () => {
    const picture = [seenPicture("page.png", 1280, 800, measured)] as const;
    assert.match(workflows.audit.question(picture, {}), /\nAudit it\.$/);
    assert.match(workflows.audit.question(picture, { level: "AAA" }), /\nAudit it at level AAA\.$/);
  });

  it("gives no verdict within the error of its threshold", () => {
    const near = text("T1", 0x59, row(40));
    if (near.contrast.status === "measured") Object.assign(near.contrast, { low: 6.9, high: 7.1 });
    const { findings, undecided } = offline({ texts: [near] }, "AAA");
    assert.deepEqual([findings.length, undecided.map(({ criterion }) => criterion.number)], [0, ["1.4.6"]]);
  });
});
