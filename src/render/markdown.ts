import { basisOf, type Finding, type Report, type Standing, standingOf } from "../report.js";
import { codeBlock, escapeMarkdown, escapeMarkdownLine } from "../text/markdown.js";
import { workflowOf } from "../workflows/index.js";

/** A report as Markdown for an issue, a wiki or a file. All text from the picture is inert. */
export function reportToMarkdown(report: Report): string {
  const { title, summary, findings, fields, documents, notJudged, notes, workflow } = report;
  const { words } = workflowOf(workflow).presentation;
  const blocks = [
    `# ${escapeMarkdownLine(title)}`,
    escapeMarkdown(summary),
    ...(words.nothingFound && findings.length === 0 ? [words.nothingFound.asked] : []),
    ...numbered(findings, "stands"),
    ...section("Needs review", numbered(findings, "review")),
    ...section("Contradicted by the pixels", numbered(findings, "contradicted")),
    ...fields.map(({ label, value }) =>
      value.includes("\n")
        ? `**${label}**\n\n${codeBlock(value)}`
        : `**${label}:** ${escapeMarkdownLine(value)}`,
    ),
    ...documents.map(({ language, text }) => codeBlock(text.trimEnd(), language)),
    ...bulleted(words.leftOpen, notJudged),
    ...bulleted("Notes", notes),
  ];
  return `${blocks.join("\n\n")}\n`;
}

const section = (title: string, blocks: string[]): string[] =>
  blocks.length === 0 ? [] : [`## ${title}`, ...blocks];

/** The findings of one standing, numbered as in the whole list. */
const numbered = (findings: readonly Finding[], standing: Standing): string[] =>
  findings.flatMap((finding, at) =>
    standingOf(finding) === standing
      ? [findingToMarkdown(finding, at, standing === "stands" ? "##" : "###")]
      : [],
  );

const evidenceWords: Record<Finding["evidence"], string> = {
  measured: "measured",
  seen: "seen by Claude",
  confirmed: "seen by Claude, confirmed by measurement",
  contradicted: "claimed by Claude, denied by measurement",
};

/** The criterion of a finding as a link, or what it is held against without one. */
export function basisToMarkdown(finding: Finding): string {
  const { name, url } = basisOf(finding);
  return url ? `[${name}](${url})` : name;
}

function findingToMarkdown(finding: Finding, at: number, heading: string): string {
  const { title, impact, where, box, problem, affected, fix, confidence, evidence, measured } = finding;
  const place = box ? ` (${box.x}, ${box.y}, ${box.width} × ${box.height} px)` : "";
  return [
    `${heading} ${at + 1}. ${escapeMarkdownLine(title)}`,
    `**${impact}** · ${basisToMarkdown(finding)} · ${confidence} confidence, ${evidenceWords[evidence]}`,
    `- Where: ${escapeMarkdownLine(where)}${place}`,
    `- Problem: ${escapeMarkdownLine(problem)}`,
    ...(measured && evidence !== "measured" ? [`- ${escapeMarkdownLine(measured)}`] : []),
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
