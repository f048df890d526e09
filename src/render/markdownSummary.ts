import { asideWords, shortBasisOf, weightOf } from "../report.js";
import { escapeMarkdownLine } from "../text/markdown.js";
import { markdownLine } from "./colours.js";
import { basisToMarkdown } from "./markdown.js";
import type { Overview } from "./overview.js";
import { counted, outcomeWords, placeWords, sentenceOf, titleOf } from "./summaryWords.js";

/** Many pictures as Markdown. */
export function summaryToMarkdown(overview: Overview): string {
  const { groups, review, setAside, pictures } = overview;
  const blocks = [`# ${titleOf(overview)}`, sentenceOf(overview)];
  for (const { finding, places } of groups) {
    const { title, problem, fix } = finding;
    const rows = places.map(
      ({ path, finding: at, isNew }) =>
        `- ${escapeMarkdownLine(path)}: ${markdownLine(placeWords(at))}${isNew ? "" : " (known)"}`,
    );
    blocks.push(
      `## ${markdownLine(title)}`,
      `**${weightOf(finding)}** · ${basisToMarkdown(finding)} · ${counted(places.length, "place")}`,
      `${markdownLine(problem)} ${markdownLine(fix)}`.trim(),
      rows.join("\n"),
    );
  }
  const listed = (places: Overview["review"]): string =>
    places
      .map(
        ({ path, finding }) =>
          `- ${escapeMarkdownLine(path)}: ${markdownLine(finding.title)} (${shortBasisOf(finding)})`,
      )
      .join("\n");
  if (review.length > 0) blocks.push("## Needs review", listed(review));
  if (setAside.length > 0) blocks.push("## Set aside by Claude");
  for (const { reason, places } of setAside)
    blocks.push(`**${asideWords[reason]}** · ${counted(places.length, "place")}`, listed(places));
  const rows = pictures.map(
    (picture) =>
      `| ${escapeMarkdownLine(picture.path)} | ${picture.state} | ${escapeMarkdownLine(outcomeWords(picture, overview))} |`,
  );
  blocks.push("## Pictures", ["| Picture | State | |", "| --- | --- | --- |", ...rows].join("\n"));
  return `${blocks.join("\n\n")}\n`;
}
