import { z } from "zod";
import { holds, renderText, textFormats } from "../../render/formats.js";
import { basisOf, Confidence, type Finding, standingOf } from "../../report.js";
import { evaluate } from "../../run/evaluate.js";
import { withoutSecrets } from "../../run/withoutSecrets.js";
import type { RunResult } from "../../store/runs/runResult.js";
import { AuditAside, AuditFinding } from "../../workflows/audit/schema.js";
import { workflows } from "../../workflows/index.js";
import { AuditLevel, auditByMeasure } from "../audits.js";
import { defineTool } from "../defineTool.js";
import { PageNumber, paged, pagedText } from "../paging.js";
import { coveredIn, Path, placeOf } from "../pictures.js";

const offered = textFormats.filter((format) => holds(format, workflows.audit.id));
const words = z.string().max(2_000);
const nowhere = { x: 0, y: 0, width: 0, height: 0 };

/** A claim of the agent's own. */
const Claim = AuditFinding.omit({ part: true }).extend({
  title: words.describe(AuditFinding.shape.title.description ?? ""),
  where: words.default("").describe(AuditFinding.shape.where.description ?? ""),
  box: AuditFinding.shape.box
    .default(nowhere)
    .describe("Of the clearest example, in pixels of the original picture; left out when there is no place"),
  marks: z
    .array(z.string().max(8))
    .max(500)
    .default([])
    .describe(AuditFinding.shape.marks.description ?? ""),
  value: AuditFinding.shape.value.default(0),
  problem: words,
  affected: words.default(""),
  fix: words.default(""),
  confidence: Confidence.default("medium"),
});

export const checkFindings = defineTool({
  name: "check_findings",
  title: "Check Findings",
  description:
    "Weighs your own claims about a screenshot's accessibility against its pixels: each is confirmed, contradicted (with the numbers) or seen by you alone. Adds what fails by measure, returns a picture with the numbered places, and the whole report in a format if you name one. Nothing is written to the disk.",
  input: z.object({
    path: Path,
    level: AuditLevel,
    summary: words
      .default("")
      .describe("What the screen is, and its main barrier, in two or three sentences"),
    findings: z.array(Claim).max(200).default([]),
    setAside: z
      .array(AuditAside)
      .max(20)
      .default([])
      .describe("Marks that fail by measure and need not pass, with the reason"),
    cannotTell: z
      .array(words)
      .max(50)
      .default([])
      .describe("What this picture cannot show and would be worth testing"),
    format: z
      .enum(offered.map(({ id }) => id))
      .optional()
      .describe("Also write the whole report so"),
    page: PageNumber,
  }),
  run: async ({ path, level, format, page, findings, ...rest }, context, signal) => {
    const { file, bytes, result } = await auditByMeasure(context, path, level, signal);
    const [{ picture, measurement }] = result.pictures;
    const answer = withoutSecrets(
      { ...rest, findings: findings.map((finding) => ({ ...finding, part: 1 })) },
      measurement.covered,
    );
    const edits = [{ answer, time: new Date().toISOString() }];
    const weighed: RunResult = { ...result, ...evaluate(workflows.audit, { ...result, edits }) };
    const { report } = weighed;
    const rows = report.findings.map((finding, index) => verdictOf(finding, index + 1));
    const chosen = offered.find(({ id }) => id === format);
    const told = chosen
      ? pagedText(renderText(chosen, weighed, context.roots.shown(file)), page)
      : { text: undefined, ...paged(rows, page) };
    const verdicts =
      "items" in told
        ? told.items
        : page === 1
          ? rows.map(({ number, title, evidence }) => ({ number, title, evidence }))
          : [];
    const text = {
      name: picture.name,
      summary: report.summary,
      verdicts,
      ...(told.text === undefined ? {} : { report: told.text }),
      ...told.about,
    };
    if (page > 1) return { text };
    const view = await context.app.pictures.view(
      {
        bytes: await bytes(signal),
        view: {
          longEdge: 1568,
          cover: coveredIn(measurement),
          marks: report.findings.flatMap(({ box }, index) => (box ? [{ number: index + 1, box }] : [])),
        },
      },
      signal,
    );
    return { text, picture: { bytes: view.bytes, mediaType: view.mediaType } };
  },
});

/** What became of a claim, or what was measured beside the claims. */
const verdictOf = (finding: Finding, number: number) => ({
  number,
  title: finding.title,
  basis: basisOf(finding).name,
  evidence: finding.evidence,
  ...(finding.measured ? { measured: finding.measured } : {}),
  standing: standingOf(finding),
  impact: finding.impact,
  ...(finding.box ? { at: placeOf(finding.box) } : {}),
  marks: finding.marks,
  ...(finding.evidence === "measured" ? { where: finding.where, fix: finding.fix } : {}),
});
