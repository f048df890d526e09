import { escapeMarkdown, escapeMarkdownLine } from "../text/markdown.js";
import { basisToMarkdown } from "./markdown.js";
import type { Overview } from "./overview.js";
import { counted, outcomeWords, placeWords, sentenceOf, titleOf } from "./summaryWords.js";

/** Many pictures as Markdown. */
export function summaryToMarkdown(overview: Overview): string {
  const { groups, pictures } = overview;
  const blocks = [`# ${titleOf(overview)}`, sentenceOf(overview)];
  for (const { finding, places } of groups) {
    const { title, impact, problem, fix } = finding;
    const rows = places.map(
      ({ path, finding: at, isNew }) =>
        `- ${escapeMarkdownLine(path)}: ${escapeMarkdownLine(placeWords(at))}${isNew ? "" : " (known)"}`,
    );
    blocks.push(
      `## ${escapeMarkdownLine(title)}`,
      `**${impact}** · ${basisToMarkdown(finding)} · ${counted(places.length, "place")}`,
      `${escapeMarkdown(problem)} ${escapeMarkdown(fix)}`,
      rows.join("\n"),
    );
  }
  const rows = pictures.map(
    (picture) =>
      `| ${escapeMarkdownLine(picture.path)} | ${picture.state} | ${escapeMarkdownLine(outcomeWords(picture, overview))} |`,
  );
  blocks.push("## Pictures", ["| Picture | State | |", "| --- | --- | --- |", ...rows].join("\n"));
  return `${blocks.join("\n\n")}\n`;
}
