import { z } from "zod";
import { basisOf, standingOf } from "../../report.js";
import { workflows } from "../../workflows/index.js";
import { AuditLevel, auditByMeasure } from "../audits.js";
import { defineTool } from "../defineTool.js";
import { PageNumber, paged } from "../paging.js";
import { coveredWords, Path, placeOf } from "../pictures.js";

/** What the agent goes on with. */
const next = [
  "Look at the picture with view_picture, whole and then by regions, for what is not measured: labels, instructions, colour as the only sign, text in images, icons, what is exempt.",
  "Give what you find to check_findings, with places in pixels of the original: it weighs each claim against the pixels and writes the report.",
  "What fails by measure is in that report without you. Set aside what is exempt, with its reason.",
];

export const auditScreenshot = defineTool({
  name: "audit_screenshot",
  title: "Audit Screenshot",
  description:
    "Audits a screenshot for WCAG 2.2 as far as pixels tell it: measured failures of contrast, target size and boundaries, display defects, what was measured without a verdict, and what no picture shows. With `rubric`, also the rules by which you should look for the rest yourself. Go on with check_findings.",
  input: z.object({
    path: Path,
    level: AuditLevel,
    rubric: z
      .boolean()
      .default(true)
      .describe("Whether the rules for your own look come along; false once you know them"),
    page: PageNumber,
  }),
  run: async ({ path, level, rubric, page }, context, signal) => {
    const { result } = await auditByMeasure(context, path, level, signal);
    const [{ picture, measurement }] = result.pictures;
    const { report } = result;
    const rows = [
      ...report.findings.map((finding) => ({
        finding: {
          title: finding.title,
          basis: basisOf(finding).name,
          impact: finding.impact,
          standing: standingOf(finding),
          ...(finding.box ? { at: placeOf(finding.box) } : {}),
          marks: finding.marks,
          where: finding.where,
          measured: finding.measured,
          fix: finding.fix,
        },
      })),
      ...report.undecided.map(({ criterion, reason, places }) => ({
        undecided: {
          criterion: criterion.number,
          reason,
          places: places.map(({ id, label, box }) => ({ id, label, at: placeOf(box) })),
        },
      })),
    ];
    const { items, about } = paged(rows, page);
    return {
      text: {
        name: picture.name,
        picture: { width: picture.width, height: picture.height, pixelRatio: measurement.pixelRatio },
        summary: report.summary,
        ...(report.coverage === undefined ? {} : { textMeasured: Math.floor(report.coverage * 100) / 100 }),
        findings: items.flatMap((row) => ("finding" in row ? [row.finding] : [])),
        undecided: items.flatMap((row) => ("undecided" in row ? [row.undecided] : [])),
        ...about,
        ...(page === 1
          ? {
              notJudged: report.notJudged,
              notes: report.notes,
              ...coveredWords(measurement),
              next,
              ...(rubric ? { rubric: workflows.audit.systemPrompt } : {}),
            }
          : {}),
      },
    };
  },
});
