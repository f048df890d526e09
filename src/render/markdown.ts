import {
  asideWords,
  basisOf,
  evidenceWords,
  type Finding,
  type Report,
  type Standing,
  setAsideBy,
  shortBasisOf,
  standingOf,
  weightOf,
} from "../report.js";
import { codeBlock, escapeMarkdown, escapeMarkdownLine } from "../text/markdown.js";
import { workflowOf } from "../workflows/index.js";
import { markdownLine } from "./colours.js";
import { undecidedLines } from "./undecided.js";

/** A report as Markdown for an issue, a wiki or a file. All text from the picture is inert. */
export function reportToMarkdown(report: Report): string {
  const { title, summary, findings, fields, documents, undecided, notJudged, notes, workflow } = report;
  const { words } = workflowOf(workflow).presentation;
  const blocks = [
    `# ${escapeMarkdownLine(title)}`,
    escapeMarkdown(summary),
    ...numbered(findings, "stands"),
    ...section("Needs review", numbered(findings, "review")),
    ...section("Set aside by Claude", asideBlocks(findings)),
    ...section("Not supported by measurement", numbered(findings, "contradicted")),
    ...fields.map(({ label, value }) =>
      value.includes("\n")
        ? `**${label}**\n\n${codeBlock(value)}`
        : `**${label}:** ${escapeMarkdownLine(value)}`,
    ),
    ...documents.map(({ language, text }) => codeBlock(text.trimEnd(), language)),
    ...bulleted(words.leftOpen, [...undecidedLines(undecided), ...notJudged]),
    ...bulleted("Notes", notes),
  ];
  return `${blocks.join("\n\n")}\n`;
}

const section = (title: string, blocks: string[]): string[] =>
  blocks.length === 0 ? [] : [`## ${title}`, ...blocks];

/** The findings of one standing, numbered as in the whole list. */
const numbered = (findings: readonly Finding[], standing: Standing): string[] =>
  findings.flatMap((finding, index) =>
    standingOf(finding) === standing
      ? [findingToMarkdown(finding, index, standing === "stands" ? "##" : "###")]
      : [],
  );

/** What fails by measurement and need not pass, as Claude says: under its reasons, with its numbers. */
function asideBlocks(findings: readonly Finding[]): string[] {
  const groups = setAsideBy(findings).map(({ reason, findings: own }) => {
    const rows = own.map(
      (finding) =>
        `- ${markdownLine(finding.title)} (${shortBasisOf(finding)}): ${markdownLine(finding.where)}. ${markdownLine(finding.measured ?? "")}`,
    );
    return `**${asideWords[reason]}**, ${own.length}:\n\n${rows.join("\n")}`;
  });
  return groups.length === 0
    ? []
    : ["These fail by measurement; Claude says that they need not pass. They do not count.", ...groups];
}

/** The criterion of a finding as a link, or what it is held against without one. */
export function basisToMarkdown(finding: Finding): string {
  const { name, url } = basisOf(finding);
  return url ? `[${name}](${url})` : name;
}

/** @param index its place in the list, which numbers it where it has no number of its own */
export function findingToMarkdown(finding: Finding, index: number, heading: string): string {
  const { number = index + 1, title, where, box, problem, affected, fix, confidence } = finding;
  const { evidence, measured, substance, comment } = finding;
  const [x, y, width, height] = box ? [box.x, box.y, box.width, box.height].map(Math.round) : [];
  // Controls are named with their places.
  const place =
    box && !where.includes("(picture px)") ? ` (picture px ${x}, ${y}, ${width} × ${height})` : "";
  return [
    `${heading} ${number}. ${markdownLine(title)}`,
    `**${weightOf(finding)}** · ${basisToMarkdown(finding)} · ${confidence} confidence, ${evidenceWords[evidence]}`,
    `- Where: ${markdownLine(where)}${place}`,
    `- ${substance ? "Change" : "Problem"}: ${markdownLine(problem)}`,
    ...(measured && evidence !== "measured" ? [`- ${markdownLine(measured)}`] : []),
    ...(affected === "" ? [] : [`- Affected: ${markdownLine(affected)}`]),
    ...(fix === "" ? [] : [`- Fix: ${markdownLine(fix)}`]),
    ...(comment ? [`- Comment: ${markdownLine(comment)}`] : []),
  ]
    .join("\n")
    .replace("\n**", "\n\n**")
    .replace("\n- Where", "\n\n- Where");
}

function bulleted(title: string, entries: string[]): string[] {
  return entries.length === 0
    ? []
    : [`## ${title}`, entries.map((entry) => `- ${markdownLine(entry)}`).join("\n")];
}
