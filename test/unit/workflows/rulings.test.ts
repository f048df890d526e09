import assert from "node:assert/strict";
import { type Aside, asides, type Finding, standing, standingOf } from "../../../src/report.js";
import type { AuditAnswer } from "../../../src/workflows/audit/schema.js";
import { workflows } from "../../../src/workflows/index.js";
import { auditAnswer } from "../../support/cannedAnswers.js";
import { seenPicture } from "../../support/geometry.js";
import { control, text } from "../../support/marks.js";

const row = (y: number) => ({ x: 40, y, width: 200, height: 18 });
const texts = [
  text("T1", 0xaa, row(40)),
  text("T2", 0xaa, row(80)),
  text("T3", 0x33, row(120)),
  text("T4", 0xaa, row(160), {
    contrast: { status: "unmeasured", reason: "It may be text or an icon: it could not be read." },
  }),
];
const controls = [control("C1", 40, 18), control("C2", 62, 18)];
const seen = seenPicture("page.png", 1280, 800, { texts, controls });

const [claimed] = auditAnswer.findings;
assert.ok(claimed);
const claim = (criterion: string, marks: string[]) => ({
  ...claimed,
  title: "Claimed",
  criterion,
  marks,
  box: { x: 0, y: 0, width: 0, height: 0 },
});

const audited = (reason: Aside, marks: string[], findings: AuditAnswer["findings"] = []) =>
  workflows.audit.evaluate({ summary: "", setAside: [{ marks, reason }], findings, cannotTell: [] }, [seen])
    .report;

const told = (findings: readonly Finding[]) =>
  findings.map((one) => [one.criterion?.number, standingOf(one), one.marks.join(" ")]);

describe("marks that Claude sets aside", () => {
  it("are told with their numbers and their reason, and do not count", () => {
    const { findings, summary } = audited("disabled", ["T1", "T2"]);
    const [aside] = findings.filter(({ setAside }) => setAside === "disabled");
    assert.deepEqual(aside?.marks, ["T1", "T2"]);
    assert.equal(aside?.evidence, "measured");
    assert.match(aside?.measured ?? "", /2\.32:1, #aaaaaa on #ffffff; 4\.5:1 is needed/);
    assert.ok(standing(findings).every(({ criterion }) => criterion?.number !== "1.4.3"));
    assert.match(summary, /1 measured failure is set aside by Claude: 1 disabled\./);
  });

  it("come back when a person restores them, and go again when that is undone", () => {
    const [aside] = audited("logo", ["T1"]).findings.filter(({ setAside }) => setAside);
    assert.ok(aside);
    assert.deepEqual(
      [
        standingOf({ ...aside, decision: "accepted" }),
        standingOf(aside),
        standingOf({ ...aside, decision: "dismissed" }),
      ],
      ["stands", "setAside", "dismissed"],
    );
  });

  it("are parted from others of the same colours, which stand", () => {
    const { findings } = audited("decoration", ["T2"]);
    assert.deepEqual(told(findings.filter(({ criterion }) => criterion?.number === "1.4.3")), [
      ["1.4.3", "stands", "T1"],
      ["1.4.3", "setAside", "T2"],
    ]);
  });

  it("are left to other criteria than those that their reason lifts", () => {
    assert.deepEqual(told(audited("logo", ["C1", "C2"]).findings).at(-1), ["2.5.8", "stands", "C1 C2"]);
    assert.deepEqual(told(audited("disabled", ["C1", "C2"]).findings).at(-1), ["2.5.8", "setAside", "C1 C2"]);
    const { findings } = audited("icon", ["T1"], [claim("1.4.11", ["T1"])]);
    assert.ok(told(findings).some(([criterion, state]) => criterion === "1.4.11" && state === "stands"));
  });

  it("are not set aside where Claude itself finds them wanting, nor without a mark of that name", () => {
    const { findings } = audited("disabled", ["T1", "T99"], [claim("1.4.3", ["T1"])]);
    assert.deepEqual(told(findings)[0], ["1.4.3", "stands", "T1"]);
    assert.ok(findings.every(({ setAside }) => setAside === undefined));
  });

  it("stand although taken for icons, where OCR reads plain words, and that is said", () => {
    const { findings, notes } = audited("icon", ["T1"]);
    assert.ok(findings.every(({ setAside }) => setAside === undefined));
    assert.ok(
      notes.some((note) => /Claude takes T1 “Words of T1” for an icon; it is read as words/.test(note)),
    );
    const faint = seenPicture("page.png", 1280, 800, {
      texts: [text("T1", 0xaa, row(40), { text: "Ea", confidence: 60 })],
    });
    const answer = {
      summary: "",
      setAside: [{ marks: ["T1"], reason: "icon" }],
      findings: [],
      cannotTell: [],
    };
    const [aside] = workflows.audit.evaluate(answer, [faint]).report.findings;
    assert.equal(aside && standingOf(aside), "setAside");
  });

  it("are no gap in what was checked, and are listed under their reason where they have no verdict", () => {
    const before = audited("disabled", []);
    const after = audited("decoration", ["T4"]);
    assert.ok((before.coverage ?? 1) < 0.8);
    assert.equal(after.coverage, 1);
    assert.deepEqual(
      after.undecided.map(({ reason, places }) => [reason, places.map(({ id }) => id)]),
      [["Set aside by Claude: decoration", ["T4"]]],
    );
  });

  it("can be set aside for every reason, each of which lifts the contrast of text", () => {
    for (const reason of asides) {
      if (reason === "icon") continue;
      assert.equal(
        audited(reason, ["T1", "T2"]).findings.filter(({ setAside }) => setAside === reason).length,
        1,
      );
    }
  });
});
