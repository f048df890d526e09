import { weightOf } from "../report.js";
import { xmlText } from "../workflows/diagram/emit/xml.js";
import type { Overview, PictureOutcome, PlacedFinding } from "./overview.js";
import { counted, placeWords, titleOf } from "./summaryWords.js";

/**
 * Results as JUnit XML, which services that run tests show: a case a picture. New findings fail it; of changes, the
 * substantive ones alone do, and the others are said in its output.
 */
export function summaryToJunit(overview: Overview): string {
  const { groups, pictures } = overview;
  const places = groups.flatMap((group) => group.places).filter(({ isNew }) => isNew);
  const cases = pictures.map((picture) =>
    caseOf(
      picture,
      places.filter(({ path }) => path === picture.path),
    ),
  );
  const failures = cases.filter(({ outcome }) => outcome === "failure").length;
  const errors = cases.filter(({ outcome }) => outcome === "error").length;
  const skipped = cases.filter(({ outcome }) => outcome === "skipped").length;
  const name = xmlText(titleOf(overview));
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="Screenshot Workbench" tests="${cases.length}" failures="${failures}" errors="${errors}">
  <testsuite name="${name}" tests="${cases.length}" failures="${failures}" errors="${errors}" skipped="${skipped}">
${cases.map(({ xml }) => xml).join("\n")}
  </testsuite>
</testsuites>
`;
}

interface Case {
  outcome: "passed" | "failure" | "error" | "skipped";
  xml: string;
}

const fails = ({ finding }: PlacedFinding): boolean => finding.substance !== "cosmetic";

function caseOf(
  { path, state, reason = "", report }: PictureOutcome,
  places: readonly PlacedFinding[],
): Case {
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
  const wrap = (outcome: Case["outcome"], inside: readonly string[]): Case => {
    const head = `    <testcase classname="${xmlText(folder)}" name="${xmlText(path)}"`;
    const body = inside.map((line) => `      ${line}`).join("\n");
    return { outcome, xml: inside.length === 0 ? `${head}/>` : `${head}>\n${body}\n    </testcase>` };
  };
  if (state === "cancelled") return wrap("skipped", ["<skipped/>"]);
  if (!report) return wrap("error", [`<error message="${xmlText(reason)}"/>`]);
  const failing = places.filter(fails);
  const rest = places.filter((place) => !fails(place));
  const said = rest.length > 0 ? [`<system-out>${xmlText(rest.map(lineOf).join("\n"))}</system-out>`] : [];
  if (failing.length === 0) return wrap("passed", said);
  const what = failing[0]?.finding.substance ? "substantive change" : "finding";
  const message = xmlText(counted(failing.length, what));
  const text = xmlText(failing.map(lineOf).join("\n"));
  return wrap("failure", [`<failure message="${message}" type="${what}">${text}</failure>`, ...said]);
}

const lineOf = ({ finding }: PlacedFinding): string =>
  `${weightOf(finding)}: ${finding.title} (${placeWords(finding)}). ${finding.problem}`;
