import { z } from "zod";

/** axe's four impacts, worst first. */
export const impacts = ["critical", "serious", "moderate", "minor"] as const;
export const Impact = z.enum(impacts);
export type Impact = z.infer<typeof Impact>;

export const Confidence = z.enum(["high", "medium", "low"]);
export type Confidence = z.infer<typeof Confidence>;

/** A rectangle in pixels of the original picture, upright, from its top left corner. */
export const Box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export type Box = z.infer<typeof Box>;

/** A colour as `#rrggbb`. */
export const Hex = z.string().regex(/^#[0-9a-f]{6}$/);

/** A text's contrast with what it stands on, or why there is no honest number for it. */
export const Contrast = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("measured"),
    /** Where it is lowest, and where highest: they differ on a gradient or a picture. WCAG 2.2 ratios. */
    worst: z.number(),
    best: z.number(),
    /** What the lowest may be, given how exactly this picture shows it. */
    low: z.number().optional(),
    high: z.number().optional(),
    /** 3 for large text, else 4.5. */
    needed: z.number(),
    passes: z.boolean(),
    foreground: Hex,
    /** Where the contrast is worst. */
    background: Hex,
    /** The nearest foreground that passes, of the same hue; only where it does not pass. */
    passing: Hex.optional(),
  }),
  z.object({
    status: z.literal("unmeasured"),
    reason: z.string(),
    /** Between which ratios it lies, where that is known. */
    low: z.number().optional(),
    high: z.number().optional(),
  }),
]);
export type Contrast = z.infer<typeof Contrast>;

/** A line of text of one colour, or the part of a line that has one. */
export const TextMark = z.object({
  /** T1, T2, … from top to bottom. */
  id: z.string(),
  /** Pixels of the original. */
  box: Box,
  /** As it was read; empty when it could not be. */
  text: z.string(),
  /** The OCR's, from 0 to 100. */
  confidence: z.number(),
  /** Of capitals, or of small letters where there is no capital. Pixels of the original. */
  letterHeight: z.number(),
  /** Estimated from the letters' height. CSS pixels. */
  fontSize: z.number(),
  /** Between which sizes that surely lies. CSS pixels. */
  sizeRange: z.object({ least: z.number(), most: z.number() }).optional(),
  bold: z.boolean(),
  contrast: Contrast,
});
export type TextMark = z.infer<typeof TextMark>;

/** An outline that looks like something to press or to fill in. */
export const ControlMark = z.object({
  /** C1, C2, … from top to bottom. */
  id: z.string(),
  kind: z.enum(["button", "icon", "field", "select", "checkbox", "radio", "switch"]),
  /** Pixels of the original. */
  box: Box,
  /** CSS pixels. */
  width: z.number(),
  height: z.number(),
  /** What can most likely be pressed, where that is more than what is drawn: with the label beside it. CSS pixels. */
  target: z.object({ width: z.number(), height: z.number() }).optional(),
  /** Contrast of its border or fill, whichever is higher, with what surrounds it. WCAG 2.2 ratio. */
  boundary: z.number(),
  /** To the nearest other control. CSS pixels. */
  gap: z.number(),
});
export type ControlMark = z.infer<typeof ControlMark>;

/** A WCAG 2.2 success criterion. */
export const Criterion = z.object({
  number: z.string(),
  name: z.string(),
  level: z.enum(["A", "AA", "AAA"]),
  /** Its Understanding page. */
  url: z.string(),
});
export type Criterion = z.infer<typeof Criterion>;

/** What a finding rests on. */
export const Evidence = z.enum([
  /** The pixels alone. */
  "measured",
  /** The model alone; the pixels cannot say. */
  "seen",
  /** Both. */
  "confirmed",
  /** The model claims what the pixels deny. */
  "contradicted",
]);
export type Evidence = z.infer<typeof Evidence>;

/** What a finding rests on, as people read it. */
export const evidenceWords: Record<Evidence, string> = {
  measured: "measured",
  seen: "Claude",
  confirmed: "Claude + measured",
  contradicted: "not supported by measurement",
};

/** Why the model sets a mark aside: what is asked of others is not asked of it. */
export const asides = ["disabled", "logo", "decoration", "inert", "icon", "outside"] as const;
export const Aside = z.enum(asides);
export type Aside = z.infer<typeof Aside>;

/** The reasons as headings. */
export const asideWords: Record<Aside, string> = {
  disabled: "disabled",
  logo: "a logo",
  decoration: "decoration",
  inert: "inert behind a dialog",
  icon: "an icon or picture, no text",
  outside: "not part of the subject",
};

/** Why a person dismisses a finding. */
export const dismissals = ["falseAlarm", "disabled", "logo", "decoration", "known"] as const;
export const Dismissal = z.enum(dismissals);
export type Dismissal = z.infer<typeof Dismissal>;

/** The reasons as people choose them. */
export const dismissalWords: Record<Dismissal, string> = {
  falseAlarm: "False alarm",
  disabled: "Disabled control",
  logo: "Logo",
  decoration: "Decoration",
  known: "Known issue",
};

/** What a change of a picture is worth: it alters what a person reads, sees or can do, or only how that looks. */
export const substances = ["substantive", "cosmetic"] as const;
export const Substance = z.enum(substances);
export type Substance = z.infer<typeof Substance>;

/** One problem, or one change from another picture, at its place. */
export const Finding = z.object({
  /** The same for the same problem of the same picture, in every run. */
  key: z.string(),
  /** Its number in a panel, which it keeps whatever is decided or added; absent: its place in the list. From 1. */
  number: z.number().int().optional(),
  title: z.string(),
  /** Absent for a display defect that no criterion is about. */
  criterion: Criterion.optional(),
  impact: Impact,
  /** Of a change alone: what it is worth. */
  substance: Substance.optional(),
  /** Where, in words. */
  where: z.string(),
  /** Where, in pixels of the original; absent when the answer named no usable place. */
  box: Box.optional(),
  problem: z.string(),
  /** Empty for a change. */
  affected: z.string(),
  /** Empty for a change. */
  fix: z.string(),
  confidence: Confidence,
  evidence: Evidence,
  /** What the pixels say about it, with the numbers; absent when they cannot. */
  measured: z.string().optional(),
  /** The ids of the marks that it is about. */
  marks: z.array(z.string()),
  /** Why the model sets it aside, though it was measured: a claim that a person can turn back. */
  setAside: Aside.optional(),
  /** What a person decided about it: accepting turns the model's setting aside back. */
  decision: z.enum(["accepted", "dismissed"]).optional(),
  /** Why it was dismissed. */
  dismissal: Dismissal.optional(),
  /** What a person wrote about it. */
  comment: z.string().optional(),
});
export type Finding = z.infer<typeof Finding>;

/** What a finding is held against, in words: a criterion of WCAG 2.2, or that things are drawn as they are meant to be. */
export const basisOf = ({
  criterion,
  substance,
}: Pick<Finding, "criterion" | "substance">): { name: string; url?: string } =>
  criterion
    ? { name: `WCAG ${criterion.number} ${criterion.name} (${criterion.level})`, url: criterion.url }
    : { name: substance ? "Change" : "Display defect" };

/** The same in a few letters, in lists. */
export const shortBasisOf = ({ criterion, substance }: Pick<Finding, "criterion" | "substance">): string =>
  criterion?.number ?? (substance ? "change" : "display defect");

/** How much it matters, in a word: the impact of a problem, what a change is worth. */
export const weightOf = ({ impact, substance }: Pick<Finding, "impact" | "substance">): string =>
  substance ?? impact;

/** Where a finding stands in a report, in this order. */
export const standings = ["stands", "review", "setAside", "contradicted", "dismissed"] as const;
export type Standing = (typeof standings)[number];

/** Findings of low confidence wait for a person's decision, unless both the model and the pixels speak for them. */
export function standingOf({ confidence, evidence, setAside, decision }: Finding): Standing {
  if (decision === "dismissed") return "dismissed";
  if (evidence === "contradicted" && decision === undefined) return "contradicted";
  if (setAside !== undefined && decision === undefined) return "setAside";
  return confidence === "low" && evidence !== "confirmed" && decision === undefined ? "review" : "stands";
}

/** The findings that count: neither denied by the pixels, set aside nor dismissed, nor waiting for a decision. */
export const standing = (findings: readonly Finding[]): Finding[] =>
  findings.filter((finding) => standingOf(finding) === "stands");

/** Findings that the model sets aside, by its reasons. */
export const setAsideBy = (findings: readonly Finding[]): Array<{ reason: Aside; findings: Finding[] }> =>
  asides.flatMap((reason) => {
    const own = findings.filter((one) => one.setAside === reason && standingOf(one) === "setAside");
    return own.length === 0 ? [] : [{ reason, findings: own }];
  });

/** Where less of the text was measured than this, nothing is called fine. Of 1. */
export const enoughCoverage = 0.9;

/** Marks of which measuring gives no verdict, all for one reason. */
export const Undecided = z.object({
  criterion: Criterion,
  reason: z.string(),
  places: z.array(
    z.object({
      /** The mark's id. */
      id: z.string(),
      /** What it is, in a few words. */
      label: z.string(),
      box: Box,
    }),
  ),
});
export type Undecided = z.infer<typeof Undecided>;

/** One thing that was read, as a label and its value. */
export const Field = z.object({ label: z.string(), value: z.string(), confidence: Confidence });
export type Field = z.infer<typeof Field>;

/** A text that can be copied and inserted: a diagram, a filled issue. */
export const Document = z.object({
  title: z.string(),
  /** A VS Code language id, and the word after the fence in Markdown. */
  language: z.string().regex(/^[a-z0-9]+$/),
  /** The ending of its files. */
  ending: z.string().regex(/^[a-z0-9]+$/),
  text: z.string(),
});
export type Document = z.infer<typeof Document>;

/** What OCR says of a value that the model has read. */
export const CellEvidence = z.enum([
  /** The model alone: no machine can read the place. */
  "seen",
  /** OCR reads the same there. */
  "confirmed",
  /** OCR surely reads something else there. */
  "contradicted",
  /** Looked for, and nothing is printed there. */
  "absent",
]);
export type CellEvidence = z.infer<typeof CellEvidence>;

/** One value that was read. */
export const GridCell = z.object({
  /** Its JSON pointer. */
  path: z.string(),
  /** As it is printed. */
  text: z.string(),
  /** What it stands for. */
  value: z.json(),
  evidence: CellEvidence,
  /** What OCR reads there instead. */
  other: z.string().optional(),
  /** Pixels of the original. */
  box: Box.optional(),
  confidence: Confidence,
});
export type GridCell = z.infer<typeof GridCell>;

/** A JSON pointer as a person reads it: its keys, with something between. */
export const pathWords = (path: string, between = " / "): string =>
  path.slice(1).replaceAll("/", between).replaceAll("~1", "/").replaceAll("~0", "~");

/** Values that come in rows. */
export const GridTable = z.object({
  /** The list's JSON pointer. */
  path: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(GridCell)),
  /** Whether its numbers are read off a chart's axes. */
  isEstimated: z.boolean(),
});
export type GridTable = z.infer<typeof GridTable>;

/** Whether values agree with each other, such as a sum with its parts. */
export const GridCheck = z.object({
  words: z.string(),
  holds: z.boolean(),
  /** JSON pointers of the values that it is about. */
  paths: z.array(z.string()),
});
export type GridCheck = z.infer<typeof GridCheck>;

/** Data that was read out of a picture. */
export const Grid = z.object({
  fields: z.array(GridCell),
  tables: z.array(GridTable),
  checks: z.array(GridCheck),
  /** All values in the form that was asked for. */
  data: z.json(),
});
export type Grid = z.infer<typeof Grid>;

/** Whether a person should look at a value before it is relied on. */
export const isCellUnsure = ({ evidence, confidence }: GridCell): boolean =>
  evidence === "contradicted" || evidence === "absent" || (confidence === "low" && evidence !== "confirmed");

/** The values that wait for a person, in the order of the document. */
export const unsureCells = ({ fields, tables }: Grid): GridCell[] =>
  [...fields, ...tables.flatMap(({ rows }) => rows.flat())].filter(isCellUnsure);

/** Names a workflow. Whether there is one of this name, the registry knows. */
export const WorkflowId = z.string().regex(/^[a-z][a-z0-9-]*$/);
export type WorkflowId = z.infer<typeof WorkflowId>;

/** The kinds of result that panels, tables and renderers know how to show. */
export const ResultKind = z.enum(["findings", "issue", "graph", "text", "comparison", "grid"]);
export type ResultKind = z.infer<typeof ResultKind>;

/** What every workflow yields, and what every rendering reads. All text in it is untrusted and is shown as text. */
export const Report = z.object({
  workflow: WorkflowId,
  title: z.string(),
  summary: z.string(),
  findings: z.array(Finding),
  fields: z.array(Field),
  documents: z.array(Document),
  /** Data that was read, where that is what the workflow is for. */
  grid: Grid.optional(),
  /** What was measured in the picture. */
  texts: z.array(TextMark),
  controls: z.array(ControlMark),
  /** How much of the text was measured, 0 to 1; absent where nothing asks for it. */
  coverage: z.number().optional(),
  /** What was measured without a verdict. */
  undecided: z.array(Undecided),
  /** What else this report does not judge, so that nobody takes it for more than it is. */
  notJudged: z.array(z.string()),
  /** Parts of a drawing that the model was unsure of or could not read. */
  unsure: z.number(),
  /** What the reader should know about the picture or the answer. */
  notes: z.array(z.string()),
});
export type Report = z.infer<typeof Report>;

/** The confidence gate: whether a person should look at a result before it is relied on. */
export const needsReview = ({ findings, fields, unsure, grid }: Report): boolean =>
  (grid !== undefined && (unsureCells(grid).length > 0 || grid.checks.some(({ holds }) => !holds))) ||
  unsure > 0 ||
  fields.some(({ confidence }) => confidence === "low") ||
  findings.some((finding) => standingOf(finding) === "review");
