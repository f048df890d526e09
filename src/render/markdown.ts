import type { Finding, Report } from "../report.js";
import { codeBlock, escapeMarkdown, escapeMarkdownLine } from "../text/markdown.js";

/** A report as Markdown for an issue, a wiki or a file. All text from the picture is inert. */
export function reportToMarkdown(report: Report): string {
  const { title, summary, findings, fields, documents, notJudged, notes, workflow } = report;
  const blocks = [
    `# ${escapeMarkdownLine(title)}`,
    escapeMarkdown(summary),
    ...(workflow === "audit" && findings.length === 0
      ? ["No problems were found in what a picture can show."]
      : []),
    ...findings.map(findingToMarkdown),
    ...fields.map(({ label, value }) =>
      value.includes("\n")
        ? `**${label}**\n\n${codeBlock(value)}`
        : `**${label}:** ${escapeMarkdownLine(value)}`,
    ),
    ...documents.map(({ language, text }) => codeBlock(text.trimEnd(), language)),
    ...bulleted(workflow === "triage" ? "Missing for a reproduction" : "Not judged", notJudged),
    ...bulleted("Notes", notes),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function findingToMarkdown(finding: Finding, at: number): string {
  const { title, criterion, impact, where, box, problem, affected, fix, confidence } = finding;
  const place = box ? ` (${box.x}, ${box.y}, ${box.width} × ${box.height} px)` : "";
  return [
    `## ${at + 1}. ${escapeMarkdownLine(title)}`,
    `**${impact}** · [WCAG ${criterion.number} ${criterion.name} (${criterion.level})](${criterion.url}) · ${confidence} confidence`,
    `- Where: ${escapeMarkdownLine(where)}${place}`,
    `- Problem: ${escapeMarkdownLine(problem)}`,
    `- Affected: ${escapeMarkdownLine(affected)}`,
    `- Fix: ${escapeMarkdownLine(fix)}`,
  ]
    .join("\n")
    .replace("\n**", "\n\n**")
    .replace("\n- Where", "\n\n- Where");
}

function bulleted(title: string, entries: string[]): string[] {
  return entries.length === 0
    ? []
    : [`## ${title}`, entries.map((entry) => `- ${escapeMarkdownLine(entry)}`).join("\n")];
}
