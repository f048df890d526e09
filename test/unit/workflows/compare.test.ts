import assert from "node:assert/strict";
import fc from "fast-check";
import type { Change, Comparison } from "../../../src/measure/compare/comparison.js";
import type { Measurement } from "../../../src/measure/measurement.js";
import { standingOf } from "../../../src/report.js";
import { compare } from "../../../src/workflows/compare/compare.js";
import type { CompareAnswer } from "../../../src/workflows/compare/schema.js";
import { IgnoreFile, matches, parametersFor, type Zone } from "../../../src/workflows/compare/zones.js";
import { workflows } from "../../../src/workflows/index.js";
import type { Parameters, PreparedInputs } from "../../../src/workflows/workflow.js";
import { seenPicture } from "../../support/geometry.js";
import { control, text } from "../../support/marks.js";

const place = { x: 100, y: 100, width: 80, height: 30 };
const recoloured: Change = {
  kind: "recoloured",
  before: place,
  after: place,
  colours: [{ of: "ink", from: "#333333", to: "#999999", deltaE: 38.2 }],
  differing: 0.31,
};

/** Two pictures of 800 × 600 with these changes between them. */
function pair(
  changes: Change[],
  {
    before = {},
    after = {},
    ...over
  }: { before?: Partial<Measurement>; after?: Partial<Measurement> } & Partial<Comparison> = {},
): PreparedInputs {
  const comparison = {
    scale: 1,
    rows: [{ before: 0, after: 0, length: 600 }],
    noise: 0,
    changes,
    ...over,
  };
  return [
    { ...seenPicture("shop.png", 800, 600, before), label: "before" },
    { ...seenPicture("shop.png", 800, 600, after), label: "after", comparison },
  ];
}

const claim = {
  what: "The Pay button",
  change: "It is grey.",
  substance: "cosmetic" as const,
  intent: "",
  confidence: "high" as const,
};
const answer = (over: Partial<CompareAnswer>): CompareAnswer => ({
  summary: "The Pay button is grey.",
  changes: [],
  seen: [],
  ...over,
});
const seenAt = (box: typeof place): CompareAnswer["seen"][number] => ({
  picture: "after",
  part: 1,
  box,
  ...claim,
});

const judged = (said: CompareAnswer, inputs: PreparedInputs, parameters?: Parameters) =>
  compare.evaluate(said, inputs, parameters).changes;
const offline = (inputs: PreparedInputs, parameters?: Parameters) => {
  const found = compare.offline?.(inputs, parameters);
  assert.ok(found);
  return found;
};

describe("comparing: what is said of measured regions", () => {
  it("is the model's, over the numbers", () => {
    const [change, another] = judged(
      answer({ changes: [{ regions: ["D1"], ...claim }] }),
      pair([recoloured]),
    );
    assert.equal(another, undefined);
    assert.deepEqual(
      [change?.title, change?.substance, change?.evidence, change?.box],
      ["The Pay button", "cosmetic", "confirmed", place],
    );
    assert.deepEqual(change?.regions[0]?.facts, [
      "colour #333333 → #999999 (ΔE 38.2)",
      "31 % of its pixels differ",
    ]);
  });

  it("joins regions of one cause, and gives each region to one change alone", () => {
    const other = { ...recoloured, after: { ...place, y: 300 }, before: { ...place, y: 300 } };
    const changes = judged(
      answer({
        changes: [
          { regions: ["D1", "D2", "D1", "D9"], ...claim },
          { regions: ["D2"], ...claim, what: "Twice" },
        ],
      }),
      pair([recoloured, other]),
    );
    assert.deepEqual(
      changes.map(({ title, regions }) => [title, regions.map(({ id }) => id)]),
      [["The Pay button", ["D1", "D2"]]],
    );
  });

  it("stays in the report where the model says nothing of it", () => {
    const [change] = judged(answer({}), pair([recoloured]));
    assert.deepEqual([change?.title, change?.evidence], ["Recoloured: a region", "measured"]);
  });

  it("loses nothing and invents nothing, whatever is claimed", () => {
    const ids = fc.array(fc.constantFrom("D1", "D2", "D3", "D4", "", "T1"), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(ids, { maxLength: 6 }), (named) => {
        const changes = [0, 1, 2].map((row) => ({
          ...recoloured,
          after: { ...place, y: 100 * row },
          before: { ...place, y: 100 * row },
        }));
        const found = judged(
          answer({ changes: named.map((regions) => ({ regions, ...claim })) }),
          pair(changes),
        );
        assert.deepEqual(found.flatMap(({ regions }) => regions.map(({ id }) => id)).sort(), [
          "D1",
          "D2",
          "D3",
        ]);
      }),
    );
  });
});

describe("comparing: a change that the model sees and no region shows", () => {
  it("is contradicted where the pixels are equal", () => {
    const { changes, ...rest } = compare.evaluate(
      answer({ seen: [seenAt({ x: 400, y: 400, width: 50, height: 50 })] }),
      pair([recoloured]),
    );
    const claimed = changes.find(({ regions }) => regions.length === 0);
    assert.deepEqual(
      [claimed?.evidence, claimed?.checked],
      ["contradicted", "The pixels of both pictures are equal there."],
    );
    const { findings } = compare.report({ changes, ...rest }, pair([recoloured]));
    assert.deepEqual(findings.map(standingOf).sort(), ["contradicted", "stands"]);
  });

  it("is confirmed by the region that lies there after all", () => {
    const [change, another] = judged(answer({ seen: [seenAt(place)] }), pair([recoloured]));
    assert.equal(another, undefined);
    assert.deepEqual([change?.title, change?.evidence], ["The Pay button", "confirmed"]);
  });

  it("waits for a person where rendering differs, which may hide it", () => {
    const inputs = pair([], { noise: 3 });
    const found = compare.evaluate(answer({ seen: [seenAt(place)] }), inputs);
    assert.equal(found.changes[0]?.evidence, "seen");
    assert.deepEqual(compare.report(found, inputs).findings.map(standingOf), ["review"]);
  });
});

describe("comparing: what follows by measure", () => {
  const texts = (grey: number) => [text("T1", grey, { x: 110, y: 105, width: 60, height: 16 })];

  it("makes a change substantive: a contrast that fell below its threshold", () => {
    const inputs = pair([recoloured], { before: { texts: texts(0x33) }, after: { texts: texts(0x99) } });
    const [change] = judged(answer({ changes: [{ regions: ["D1"], ...claim }] }), inputs);
    assert.equal(change?.substance, "substantive");
    assert.match(
      change?.consequences.join() ?? "",
      /^1\.4\.3 Contrast \(Minimum\) fails now: 2\.84:1, #999999 on #ffffff; it was 12\.63:1/,
    );
  });

  it("says nothing of what failed before as well, or passes in both", () => {
    for (const [was, is] of [
      [0x99, 0xaa],
      [0x33, 0x44],
      [0x99, 0x33],
    ] as const) {
      const inputs = pair([recoloured], { before: { texts: texts(was) }, after: { texts: texts(is) } });
      const [change] = offline(inputs).changes;
      assert.deepEqual([change?.substance, change?.consequences], ["cosmetic", []], `${was} ${is}`);
    }
  });

  it("names a target that became too small", () => {
    const spot = { x: 90, y: 290, width: 120, height: 60 };
    const resized: Change = { kind: "resized", before: spot, after: spot, differing: 0.2 };
    const row = (width: number) => [
      control("C1", 100, width, { gap: 2 }),
      control("C2", 102 + width, width, { gap: 2 }),
    ];
    const inputs = pair([resized], { before: { controls: row(30) }, after: { controls: row(14) } });
    const [change] = offline(inputs).changes;
    assert.match(change?.consequences.join() ?? "", /^2\.5\.8 Target Size \(Minimum\) fails now: 14 × 14/);
  });

  it("names a text that is cut off now", () => {
    const defects = [{ kind: "clipped" as const, box: { x: 110, y: 105, width: 60, height: 12 } }];
    const [change] = offline(pair([recoloured], { after: { defects } })).changes;
    assert.match(change?.consequences.join() ?? "", /^A text is cut off now\./);
    const [same] = offline(pair([recoloured], { before: { defects }, after: { defects } })).changes;
    assert.deepEqual(same?.consequences, []);
  });

  it("names a control that vanished, by its words", () => {
    const controls = [control("C1", 100, 40, { kind: "button" })];
    const label = text("T1", 0x33, { x: 105, y: 312, width: 30, height: 14 }, { text: "Pay" });
    const removed: Change = {
      kind: "removed",
      before: { x: 90, y: 290, width: 100, height: 60 },
      differing: 1,
    };
    const [change] = offline(pair([removed], { before: { controls, texts: [label] } })).changes;
    assert.deepEqual(change?.consequences, ["The button “Pay” is gone."]);
  });
});

describe("comparing without a model", () => {
  it("weighs by kind, and says so", () => {
    const kinds = ["added", "removed", "retexted", "imageChanged", "moved", "resized", "recoloured"] as const;
    const inputs = pair(kinds.map((kind) => ({ ...recoloured, kind })));
    const found = offline(inputs);
    assert.deepEqual(
      found.changes
        .filter(({ substance }) => substance === "substantive")
        .map(({ regions }) => regions[0]?.change.kind)
        .sort(),
      ["added", "imageChanged", "removed", "retexted"],
    );
    const report = compare.report(found, inputs);
    assert.equal(report.summary, "4 substantive and 3 cosmetic changes.");
    assert.match(report.notJudged.join(), /^What the changes are meant for\./);
  });

  it("finds no change between equal pictures, and asks nobody about them", () => {
    const inputs = pair([]);
    assert.equal(workflows.compare.offline?.(inputs).report.summary, "No change.");
    assert.equal(workflows.compare.isSettled(inputs), true);
    assert.equal(workflows.compare.isSettled(pair([recoloured])), false);
  });

  it("tells what only moved once, as no change", () => {
    const shifted: Change = {
      kind: "shifted",
      before: place,
      after: { ...place, y: 140 },
      by: { x: 0, y: 40 },
      differing: 0,
    };
    const inputs = pair([shifted]);
    const found = offline(inputs);
    assert.deepEqual(found.changes, []);
    assert.match(compare.report(found, inputs).notes.join(), /only moved by 40 px down/);
    assert.equal(compare.isSettled?.(inputs), true);
  });
});

describe("comparing: the question", () => {
  it("holds every region as data, with its places in the prepared pictures", () => {
    const question = compare.question(
      pair([{ ...recoloured, words: { before: 'Pay "now"', after: "Buy" } }]),
      {},
    );
    assert.match(
      question,
      /D1 recoloured; before 100,100,80,30; after 100,100,80,30; "a region"; “Pay "now"” → “Buy”/,
    );
    assert.match(question, /The picture before is 800 × 600 px/);
  });
});

describe("ignored zones", () => {
  const clock: Zone = { name: "Clock", box: { x: 90, y: 90, width: 120, height: 60 } };
  const ignoring = (...zones: Zone[]) => parametersFor(zones, "shots/shop.png");

  it("leave out what lies in them, and say so", () => {
    const inputs = pair([recoloured]);
    const found = offline(inputs, ignoring(clock));
    assert.deepEqual([found.changes, found.zones], [[], [{ name: "Clock", left: 1 }]]);
    assert.match(compare.report(found, inputs).notes.join(), /Ignored: Clock \(1 change left out\)/);
    assert.equal(compare.isSettled?.(inputs, ignoring(clock)), true);
  });

  it("keep what reaches out of them", () => {
    const small: Zone = { name: "Corner", box: { x: 100, y: 100, width: 40, height: 30 } };
    assert.equal(offline(pair([recoloured]), ignoring(small)).changes.length, 1);
  });

  it("hold by words: a date may change, another text in its place may not", () => {
    const dates: Zone = { name: "Dates", text: "## * ####" };
    const worded = (before: string, after: string) =>
      offline(pair([{ ...recoloured, kind: "retexted", words: { before, after } }]), ignoring(dates)).changes;
    assert.equal(worded("28 November 2026", "29 November 2026").length, 0);
    assert.equal(worded("28 November 2026", "Sold out").length, 1);
  });

  it("hold for the pictures that they name", () => {
    const elsewhere: Zone = { ...clock, pictures: "shots/other*" };
    assert.deepEqual(parametersFor([elsewhere], "shots/shop.png"), {});
    assert.equal(
      Object.keys(parametersFor([{ ...clock, pictures: "shots/sh*" }], "shots/shop.png")).length,
      1,
    );
  });

  it("match any text against any pattern in a moment", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "b", "*", "#", "7"), maxLength: 40 }), (pattern) => {
        // A pattern without its signs is a text, which matches itself, and what it stands for does.
        const stands = pattern.replaceAll("*", "ab").replaceAll("#", "3");
        assert.equal(matches(pattern, stands), true);
        assert.equal(matches(`${pattern}c`, stands), false);
      }),
    );
    assert.equal(matches("*a".repeat(100), "a".repeat(2000)), true);
    assert.equal(matches(`${"*a".repeat(99)}b`, "a".repeat(2000)), false);
  });

  it("are read from a file that people can write, and nothing else is", () => {
    const file = {
      version: 1,
      zones: [
        { name: "Clock", box: clock.box },
        { name: "Dates", text: "##" },
      ],
    };
    assert.equal(IgnoreFile.safeParse(file).success, true);
    assert.equal(IgnoreFile.safeParse({ ...file, zones: [{ name: "X", xpath: "//a" }] }).success, false);
    assert.equal(IgnoreFile.safeParse({ zones: [] }).success, false);
  });
});

describe("a comparison's inputs", () => {
  it("are two pictures that were compared, or it says so", () => {
    const [one] = pair([]);
    assert.throws(() => compare.offline?.([one]), /takes two pictures/);
  });
});
