import { asideWords, basisOf, type Finding, shortBasisOf, weightOf } from "../report.js";
import type { FindingGroup, Overview, PictureOutcome } from "./overview.js";
import { counted, outcomeWords, placeWords, sentenceOf, titleOf } from "./summaryWords.js";

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** One file that loads nothing and runs nothing. */
export function summaryToHtml(overview: Overview): string {
  const { groups, review, setAside, pictures } = overview;
  const title = escapeHtml(titleOf(overview));
  const basis = (finding: Finding) => {
    const { name, url } = basisOf(finding);
    return url ? `<a href="${escapeHtml(url)}" rel="noreferrer">${escapeHtml(name)}</a>` : escapeHtml(name);
  };
  const group = ({ finding, places }: FindingGroup) => `<section>
<h2>${escapeHtml(finding.title)}</h2>
<p><strong class="${finding.impact}">${weightOf(finding)}</strong> · ${basis(finding)} · ${counted(places.length, "place")}</p>
<p>${escapeHtml(finding.problem)} ${escapeHtml(finding.fix)}</p>
<ul>
${places.map(({ path, finding: at, isNew }) => `<li><code>${escapeHtml(path)}</code>: ${escapeHtml(placeWords(at))}${isNew ? "" : " (known)"}</li>`).join("\n")}
</ul>
</section>`;
  const listed = (places: Overview["review"]) => `<ul>
${places.map(({ path, finding }) => `<li><code>${escapeHtml(path)}</code>: ${escapeHtml(finding.title)} (${escapeHtml(shortBasisOf(finding))})</li>`).join("\n")}
</ul>`;
  const aside = ({ reason, places }: Overview["setAside"][number]) =>
    `<h3>${asideWords[reason]} (${places.length})</h3>\n${listed(places)}`;
  const row = (picture: PictureOutcome) =>
    `<tr><td><code>${escapeHtml(picture.path)}</code></td><td>${picture.state}</td><td>${escapeHtml(outcomeWords(picture, overview))}</td></tr>`;
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
${review.length > 0 ? `<h2>Needs review (${review.length})</h2>\n${listed(review)}` : ""}
${setAside.length > 0 ? "<h2>Set aside by Claude</h2>" : ""}
${setAside.map(aside).join("\n")}
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
