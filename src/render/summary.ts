import type { Finding } from "../report.js";
import { dollars } from "../text/dollars.js";
import { escapeMarkdown, escapeMarkdownLine } from "../text/markdown.js";
import {
  type FindingGroup,
  type ImpactCounts,
  type Overview,
  type PictureOutcome,
  stateCounts,
} from "./overview.js";

export const summaryFormats = ["markdown", "html", "csv"] as const;
export type SummaryFormat = (typeof summaryFormats)[number];

/** Many pictures in one text: the same problem on twelve screens is one row with twelve places. */
export function renderSummary(overview: Overview, format: SummaryFormat): string {
  switch (format) {
    case "markdown":
      return toMarkdown(overview);
    case "html":
      return toHtml(overview);
    case "csv":
      return toCsv(overview);
  }
}

const titles: Record<Overview["workflow"], string> = {
  audit: "Accessibility audit",
  triage: "Bug triage",
  diagram: "Diagrams",
};

const counted = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** What there is, in one sentence. */
function sentenceOf({ pictures, groups }: Overview): string {
  const { review, failed, cancelled } = stateCounts(pictures);
  const findings = groups.reduce((sum, { places }) => sum + places.length, 0);
  const fresh = groups.reduce((sum, { places }) => sum + places.filter(({ isNew }) => isNew).length, 0);
  const cost = pictures.reduce((sum, picture) => sum + (picture.cost ?? 0), 0);
  return [
    counted(pictures.length, "picture"),
    ...(review > 0 ? [`${review} to review`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(cancelled > 0 ? [`${cancelled} cancelled`] : []),
    ...(findings > 0 ? [`${counted(groups.length, "problem")} in ${counted(findings, "place")}`] : []),
    ...(fresh < findings ? [`${fresh} of them new`] : []),
    ...(cost > 0 ? [dollars(cost)] : []),
  ].join(" · ");
}

const placeWords = ({ where, box }: Finding): string =>
  box ? `${where} (${Math.round(box.x)}, ${Math.round(box.y)} px)` : where;

function toMarkdown(overview: Overview): string {
  const { groups, pictures, workflow } = overview;
  const blocks = [`# ${titles[workflow]}`, sentenceOf(overview)];
  for (const { finding, places } of groups) {
    const { title, criterion, impact, problem, fix } = finding;
    const rows = places.map(
      ({ path, finding: at, isNew }) =>
        `- ${escapeMarkdownLine(path)}: ${escapeMarkdownLine(placeWords(at))}${isNew ? "" : " (known)"}`,
    );
    blocks.push(
      `## ${escapeMarkdownLine(title)}`,
      `**${impact}** · [WCAG ${criterion.number} ${criterion.name} (${criterion.level})](${criterion.url}) · ${counted(places.length, "place")}`,
      `${escapeMarkdown(problem)} ${escapeMarkdown(fix)}`,
      rows.join("\n"),
    );
  }
  const rows = pictures.map(
    (picture) =>
      `| ${escapeMarkdownLine(picture.path)} | ${picture.state} | ${escapeMarkdownLine(saidOf(picture, overview))} |`,
  );
  blocks.push("## Pictures", ["| Picture | State | |", "| --- | --- | --- |", ...rows].join("\n"));
  return `${blocks.join("\n\n")}\n`;
}

/** What became of a picture, in a few words. */
function saidOf({ path, report, reason = "" }: PictureOutcome, { counts, workflow }: Overview): string {
  if (!report) return reason;
  return workflow === "audit" ? impactWords(counts.get(path) ?? {}) : report.summary;
}

const impactWords = (counts: ImpactCounts): string =>
  Object.entries(counts)
    .map(([impact, count]) => `${count} ${impact}`)
    .join(", ") || "no findings";

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** One file that loads nothing and runs nothing. */
function toHtml(overview: Overview): string {
  const { groups, pictures, workflow } = overview;
  const title = titles[workflow];
  const group = ({ finding, places }: FindingGroup) => `<section>
<h2>${escapeHtml(finding.title)}</h2>
<p><strong class="${finding.impact}">${finding.impact}</strong> · <a href="${escapeHtml(finding.criterion.url)}" rel="noreferrer">WCAG ${escapeHtml(finding.criterion.number)} ${escapeHtml(finding.criterion.name)} (${finding.criterion.level})</a> · ${counted(places.length, "place")}</p>
<p>${escapeHtml(finding.problem)} ${escapeHtml(finding.fix)}</p>
<ul>
${places.map(({ path, finding: at, isNew }) => `<li><code>${escapeHtml(path)}</code>: ${escapeHtml(placeWords(at))}${isNew ? "" : " (known)"}</li>`).join("\n")}
</ul>
</section>`;
  const row = (picture: PictureOutcome) =>
    `<tr><td><code>${escapeHtml(picture.path)}</code></td><td>${picture.state}</td><td>${escapeHtml(saidOf(picture, overview))}</td></tr>`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin: 2rem 0 0; font-size: 1.15rem; }
code { overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid; padding: 0.4rem 1rem 0.4rem 0; text-align: left; vertical-align: top; }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${escapeHtml(sentenceOf(overview))}</p>
${groups.map(group).join("\n")}
<h2>Pictures</h2>
<table>
<thead><tr><th>Picture</th><th>State</th><th>Result</th></tr></thead>
<tbody>
${pictures.map(row).join("\n")}
</tbody>
</table>
</main>
</body>
</html>
`;
}

/** One row a place; pictures without findings have one, too. */
function toCsv({ groups, pictures }: Overview): string {
  const head =
    "picture,state,criterion,level,impact,title,where,evidence,confidence,x,y,width,height,new,fingerprint,note,cost".split(
      ",",
    );
  const places = new Map<string, string[][]>();
  for (const group of groups) {
    for (const { finding, path, fingerprint, isNew } of group.places) {
      const { criterion, impact, title, where, evidence, confidence, box } = finding;
      const numbers = box
        ? [box.x, box.y, box.width, box.height].map((pixels) => String(Math.round(pixels)))
        : ["", "", "", ""];
      const row = [
        criterion.number,
        criterion.level,
        impact,
        title,
        where,
        evidence,
        confidence,
        ...numbers,
        isNew ? "yes" : "no",
        fingerprint,
      ];
      places.set(path, [...(places.get(path) ?? []), row]);
    }
  }
  const empty = Array.from({ length: 13 }, () => "");
  const rows = pictures.flatMap(({ path, state, reason, report, cost }) =>
    (places.get(path) ?? [empty]).map((row, at) => [
      path,
      state,
      ...row,
      reason ?? (row === empty ? (report?.summary ?? "") : ""),
      at === 0 && cost !== undefined ? cost.toFixed(6) : "",
    ]),
  );
  return csv([head, ...rows]);
}

/** Rows as CSV. A cell that a spreadsheet would take for a formula is made a text. */
export const csv = (rows: ReadonlyArray<readonly string[]>): string =>
  rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");

function cell(text: string): string {
  const inert = /^[\s]*[=+\-@]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
