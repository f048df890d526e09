import { readFile } from "node:fs/promises";
import { criterionOf } from "../../src/checks/criteria.js";
import type { ToPanel, View } from "../../src/protocol/panel.js";
import type { Finding, Impact, Report, TextMark } from "../../src/report.js";

type Done = Extract<View, { state: "done" }>;

const impactOf = (index: number): Impact =>
  (["serious", "moderate", "serious", "critical", "minor"] as const)[index % 5] ?? "minor";

/** Forty findings on a busy screen: eight that are alike, some beside each other, some that do not count. */
export const denseFindings: readonly Finding[] = Array.from({ length: 40 }, (_, index): Finding => {
  const criterion = ["1.4.3", "1.4.3", "1.4.11", "2.5.8", "1.4.1"][index % 5] ?? "1.4.3";
  const column = index % 4;
  const row = Math.floor(index / 4);
  const isMeasured = criterion !== "1.4.1";
  const box = { x: 230 + column * 400, y: 150 + row * 88, width: 150, height: 24 };
  return {
    key: `${criterion} T${index + 1}`,
    number: index + 1,
    title:
      criterion === "1.4.3"
        ? `Text “Status ${index + 1}: delivered to the back office” has a contrast of 2.08:1`
        : `Control ${index + 1} of the row cannot be told from its ground`,
    criterion: criterionOf(criterion),
    impact: impactOf(index),
    where: `Row ${row + 1} of the table`,
    ...(index === 19 ? {} : { box }),
    problem: "It has 2.08:1, #b6bcc4 on #ffffff; 4.5:1 is needed.",
    affected: "People with low vision, and anyone in bright light.",
    fix: "Darken the text to #6f7680 or the ground likewise.",
    confidence: index % 10 === 4 ? "low" : "high",
    evidence: index % 9 === 8 ? "contradicted" : isMeasured ? "measured" : "seen",
    ...(isMeasured ? { measured: "Measured: 2.08:1, #b6bcc4 on #ffffff; 4.5:1 is needed." } : {}),
    marks: criterion === "1.4.3" ? [`T${index + 1}`, ...(index === 0 ? ["T2", "T6", "T7"] : [])] : [],
    ...(index === 12 ? { setAside: "logo" as const } : {}),
    ...(index === 13 ? { decision: "dismissed" as const, dismissal: "known" as const } : {}),
  };
});

const texts: TextMark[] = denseFindings.map(({ box, title }, index) => ({
  id: `T${index + 1}`,
  box: box ?? { x: 0, y: 0, width: 10, height: 10 },
  text: title.slice(6, 30),
  confidence: 90,
  letterHeight: 10,
  fontSize: 14,
  bold: false,
  contrast: {
    status: "measured",
    worst: 2.08,
    best: 2.08,
    needed: 4.5,
    passes: false,
    foreground: index % 2 === 0 ? "#b6bcc4" : "#b8c0c8",
    background: "#ffffff",
  },
}));

export const denseReport: Report = {
  workflow: "audit",
  title: "Accessibility audit of dashboard.png",
  summary:
    "Checked 96 % of the text. A dense operations dashboard: most status texts are too pale, several controls are small, and state is told by colour alone in two places. The navigation is in good order.",
  findings: [...denseFindings],
  fields: [],
  documents: [],
  texts,
  controls: [],
  coverage: 0.96,
  undecided: [
    {
      criterion: criterionOf("1.4.3"),
      reason: "It stands on a picture",
      places: [{ id: "T3", label: "“Upgrade”", box: { x: 1500, y: 80, width: 100, height: 20 } }],
    },
  ],
  notJudged: ["Keyboard operation, focus order and keyboard traps"],
  unsure: 0,
  notes: [],
};

const fix = {
  ratio: 2.08,
  needed: 4.5,
  foreground: "#b6bcc4",
  background: "#ffffff",
  text: { colour: "#6f757c", ratio: 4.61 },
  ground: { colour: "#3c4147", ratio: 5.41 },
};

/** The panel with the audit. */
export function denseView(more: Partial<Done> = {}, report = denseReport, arriving: string[] = []): ToPanel {
  const contrast = report.findings.filter(({ criterion }) => criterion?.number === "1.4.3");
  const view: Done = {
    state: "done",
    runKey: "0".repeat(64),
    report,
    facts: ["claude-sonnet-5-5", "5,120 tokens in, 2,911 out", "US$ 0.06", "21.4 s"],
    feature: {
      kind: "findings",
      view: { fixes: Object.fromEntries(contrast.map(({ key }) => [key, fix])), arriving, undo: undefined },
    },
    stale: false,
    ...more,
  };
  return { type: "view", view: JSON.parse(JSON.stringify(view)) as Done };
}

const dataUri = async (file: string): Promise<string> =>
  `data:image/png;base64,${(await readFile(file)).toString("base64")}`;

export const start: ToPanel = {
  type: "start",
  workflows: [
    {
      id: "audit",
      title: "Audit Accessibility",
      result: "findings",
      words: { copy: "Copy as Markdown", leftOpen: "Not checked" },
    },
  ],
};

/** The screen that it is about, as it lies on the disk and as it was prepared. */
export async function densePicture(): Promise<{ original: ToPanel; prepared: ToPanel }> {
  const src = await dataUri("test/fixtures/pictures/dashboard.png");
  const [name, width, height] = ["dashboard.png", 1920, 1080];
  return {
    original: { type: "original", original: { name, src } },
    prepared: {
      type: "picture",
      picture: { name, width, height, parts: [{ src, left: 0, top: 0, width, height }] },
    },
  };
}
