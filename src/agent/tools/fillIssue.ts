import { basename } from "node:path";
import { z } from "zod";
import { UserError } from "../../errors.js";
import { Confidence } from "../../report.js";
import { withoutSecrets } from "../../run/withoutSecrets.js";
import { workflows } from "../../workflows/index.js";
import { weighLines } from "../../workflows/read/agreement.js";
import { blocksOf } from "../../workflows/read/layout.js";
import { severities } from "../../workflows/triage/schema.js";
import { fillTemplate } from "../../workflows/triage/template/fill.js";
import {
  builtInTemplate,
  type IssueTemplate,
  parseTemplate,
} from "../../workflows/triage/template/template.js";
import { triage } from "../../workflows/triage/triage.js";
import { evaluateAnswer } from "../../workflows/workflow.js";
import { defineTool } from "../defineTool.js";
import { textAt } from "../files.js";
import { PageNumber, pagedText } from "../paging.js";
import { lookAt, Path } from "../pictures.js";
import type { ToolContext } from "../tool.js";

/** Bytes; the parser refuses what is larger than any template. */
const mostTemplateBytes = 1024 * 1024;

const words = z.string().max(20_000);
const none = { value: "", confidence: "low" as const };
/** Something that was read: as text, or with how sure it is. */
const read = (about: string) =>
  z
    .union([
      words.transform((value) => ({ value, confidence: "high" as const })),
      z.object({ value: words, confidence: Confidence }),
    ])
    .default(none)
    .describe(about);
const list = (about: string) => z.array(words).max(50).default([]).describe(about);

/** A bug screenshot, as the agent has read it. What the picture does not show is left out. */
const Reading = z.object({
  title: read("One line, at most 80 characters"),
  whatHappened: read("Two to four sentences"),
  expected: read("What the user evidently expected"),
  steps: list("Only steps that the picture proves"),
  errorMessages: list("Verbatim, one an entry"),
  stackTrace: read("Verbatim, with line breaks"),
  url: read("As shown"),
  httpStatus: read("The number"),
  requestId: read("An id by which the log is searched"),
  browser: read("Its name"),
  browserVersion: read("Its version"),
  operatingSystem: read("Name and version"),
  viewport: read("As stated in the picture"),
  appVersion: read("Version or build of the application"),
  component: read("Page, screen or component"),
  visibleState: read("What matters for a reproduction"),
  input: read("Typed or selected, verbatim"),
  severity: z.enum(severities).default("unknown"),
  severityReason: words.default(""),
  severityConfidence: Confidence.default("medium"),
  labels: list("At most five, in lower case"),
  missing: list("What a developer would ask next"),
});

export const fillIssue = defineTool({
  name: "fill_issue",
  title: "Fill Issue",
  description:
    "Fills an issue template (Markdown, or a GitHub issue form) with what you have read in a bug screenshot, and says which of the words that you quote OCR reads too. Without a template, a plain bug report. Nothing is filed, and nothing is written to the disk.",
  input: z.object({
    path: Path,
    reading: Reading,
    template: z
      .string()
      .max(4096)
      .optional()
      .describe("The template's file, such as .github/ISSUE_TEMPLATE/bug.yml"),
    picture_link: z
      .string()
      .max(2_000)
      .regex(/^[^\s()<>[\]]+$/)
      .optional()
      .describe("Where the picture will be, for a link to it; left out, the reader is asked to paste it"),
    page: PageNumber,
  }),
  run: async ({ path, reading, template, picture_link, page }, context, signal) => {
    const looked = await lookAt(context, path, signal);
    const { measurement } = looked;
    const answer = withoutSecrets(reading, measurement.covered);
    const { evaluated, notes } = evaluateAnswer(triage, answer, [looked]);
    const pictureLink =
      picture_link === undefined ? "_Paste the picture here._" : `![Screenshot](${picture_link})`;
    const filled = fillTemplate(
      template === undefined ? builtInTemplate : await templateAt(template, context, signal),
      { judged: evaluated, pictureLink },
    );
    // A template is a file like any other: what is secret in it stays in it.
    const { title, body, labels, fields } = withoutSecrets(filled, context.settings.redaction !== "off");
    const quoted = [...evaluated.errorMessages, evaluated.stackTrace?.value ?? ""]
      .flatMap((text) => text.split("\n"))
      .filter((line) => line.trim() !== "");
    const weighed = weighLines(quoted, blocksOf(measurement.texts).flat());
    const { text, about } = pagedText(body, page);
    return {
      text: {
        title,
        body: text,
        ...about,
        labels,
        ...(fields.length > 0 && page === 1 ? { fields: fields.map(({ id }) => id) } : {}),
        ...(page === 1
          ? {
              quotedWords: weighed,
              template: template === undefined ? builtInTemplate.name : basename(template),
              workflow: workflows.triage.title,
              ...(notes.length > 0 ? { notes } : {}),
            }
          : {}),
      },
    };
  },
});

async function templateAt(named: string, context: ToolContext, signal: AbortSignal): Promise<IssueTemplate> {
  const advice = "Name an issue template (.md, .yml), or none for a plain bug report.";
  const { name, text } = await textAt(named, context, mostTemplateBytes, advice, signal);
  if (!/\.(md|ya?ml)$/i.test(name))
    throw new UserError({
      code: "wrongInput",
      problem: "This is no template by its name.",
      advice,
      picture: name,
    });
  const template = parseTemplate(name, text);
  if (template) return template;
  throw new UserError({ code: "wrongInput", problem: "This file asks nothing.", advice, picture: name });
}
