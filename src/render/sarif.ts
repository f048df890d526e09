import type { Location, Log, Notification, ReportingDescriptor, Result } from "sarif";
import { requirements } from "../checks/criteria.js";
import {
  asideWords,
  type Box,
  enoughCoverage,
  type Finding,
  type Impact,
  type Substance,
  shortBasisOf,
  standingOf,
} from "../report.js";
import type { Overview, PictureOutcome, PlacedFinding } from "./overview.js";

const levels: Record<Impact, Result.level> = {
  critical: "error",
  serious: "error",
  moderate: "warning",
  minor: "note",
};

/**
 * Audits as SARIF 2.1.0: the findings that stand. A picture has no lines: the place is a region of it, in `properties`.
 * What a baseline knows is said to be unchanged. What was not judged, set aside or could not be read is told in
 * notifications, which open no alert.
 *
 * @param address of the tool itself; empty where it has none yet
 */
export function auditsToSarif(
  { groups, setAside, pictures }: Overview,
  version: string,
  hasBaseline = false,
  address = "",
): Log {
  const rules = new Map(groups.map(({ finding }) => [ruleId(finding), rule(finding)]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Screenshot Workbench",
            version,
            ...(address === "" ? {} : { informationUri: address }),
            rules: [...rules.values()],
          },
        },
        invocations: [
          {
            executionSuccessful: pictures.every(({ state }) => state === "done" || state === "review"),
            toolExecutionNotifications: [
              ...pictures.flatMap(notificationsOf),
              ...setAside.flatMap(({ reason, places }) =>
                places.map(({ path, finding }) => {
                  const words = `Set aside by Claude, ${asideWords[reason]}: ${finding.title}. ${finding.measured ?? ""}`;
                  return notification("note", words, path, finding.box ? [finding.box] : []);
                }),
              ),
            ],
          },
        ],
        results: groups.flatMap(({ places }) => places.map((place) => result(place, hasBaseline))),
        columnKind: "utf16CodeUnits",
      },
    ],
  };
}

type Basis = Pick<Finding, "criterion" | "substance">;

const ruleId = ({ criterion, substance }: Basis): string =>
  criterion ? `wcag-${criterion.number}` : substance ? `visual-change-${substance}` : "display-defect";

function rule(basis: Basis): ReportingDescriptor {
  const id = ruleId(basis);
  const { criterion, substance } = basis;
  if (substance) return changeRule(id, substance);
  if (!criterion) {
    const text = "Something is drawn other than it was meant to be.";
    return {
      id,
      name: "DisplayDefect",
      shortDescription: { text },
      fullDescription: {
        text: `${text} It is measured in the pixels: clipped, overlapping, protruding, occluded or misaligned, or nearly of one size.`,
      },
      help: { text: "Compare the place with the design, at this width and this size of text." },
    };
  }
  const { number, name, level, url } = criterion;
  const asked = requirements.get(number) ?? name;
  return {
    id,
    name: name.replace(/[^A-Za-z]/g, ""),
    shortDescription: { text: `WCAG 2.2 ${number} ${name} (${level})` },
    fullDescription: { text: asked },
    help: {
      text: `${asked} See ${url}`,
      markdown: `${asked} See [Understanding ${number} ${name}](${url}).`,
    },
    helpUri: url,
  };
}

function changeRule(id: string, substance: Substance): ReportingDescriptor {
  const fullDescription =
    substance === "substantive"
      ? "The picture shows other content than before: what a person reads, sees or can do."
      : "The picture looks other than before; what it says is the same.";
  return {
    id,
    name: substance === "substantive" ? "SubstantiveChange" : "CosmeticChange",
    shortDescription: { text: `A ${substance} change of a picture` },
    fullDescription: { text: fullDescription },
    help: { text: "Look at both pictures; accept the new one where the change is meant." },
  };
}

/** What a picture's report leaves open, and pictures without a report. */
function notificationsOf({ path, state, reason = "", report }: PictureOutcome): Notification[] {
  if (!report)
    return [notification(state === "failed" ? "error" : "note", `Not judged: ${reason || state}`, path, [])];
  const { coverage, undecided, findings } = report;
  return [
    ...(coverage === undefined
      ? []
      : [
          notification(
            coverage < enoughCoverage ? "warning" : "note",
            `Checked ${Math.floor(coverage * 100)} % of the text.`,
            path,
            [],
          ),
        ]),
    ...undecided.map(({ criterion, reason: why, places }) =>
      notification(
        "note",
        `Not judged by ${criterion.number} ${criterion.name}: ${why}.`,
        path,
        places.map(({ box }) => box),
      ),
    ),
    ...findings
      .filter((finding) => standingOf(finding) === "review")
      .map((finding) =>
        notification(
          "note",
          `Needs review (${shortBasisOf(finding)}): ${finding.title}.`,
          path,
          finding.box ? [finding.box] : [],
        ),
      ),
  ];
}

const notification = (
  level: Notification.level,
  text: string,
  path: string,
  boxes: readonly Box[],
): Notification => ({
  level,
  message: { text: inertMessage(text) },
  locations: boxes.length === 0 ? [locationOf(path)] : boxes.map((box) => locationOf(path, box)),
});

/** A place in a picture, in pixels of the original. */
const locationOf = (path: string, box?: Box): Location => ({
  physicalLocation: {
    artifactLocation: { uri: path.split("/").map(encodeURIComponent).join("/") },
    region: { startLine: 1 },
  },
  ...(box ? { properties: { region: regionOf(box) } } : {}),
});

const regionOf = (box: Box) => ({ unit: "picture px", ...box });

function result({ finding, path, boxes, fingerprint, isNew }: PlacedFinding, hasBaseline: boolean): Result {
  const { title, impact, where, box, problem, affected, fix, confidence, evidence } = finding;
  const rest = [
    ...(affected === "" ? [] : [`Affected: ${affected}`]),
    ...(fix === "" ? [] : [`Fix: ${fix}`]),
  ];
  const [first, ...others] = boxes;
  return {
    ruleId: ruleId(finding),
    level: levels[impact],
    message: { text: inertMessage([`${title}. ${problem}`, ...rest].join(" ")) },
    locations: [
      { ...locationOf(path, first), message: { text: inertMessage(where) } },
      // One cause with one fix: to be changed at all of these places.
      ...others.map((other) => locationOf(path, other)),
    ],
    partialFingerprints: { "screenshotWorkbench/v2": fingerprint },
    ...(hasBaseline ? { baselineState: isNew ? ("new" as const) : ("unchanged" as const) } : {}),
    properties: { impact, confidence, evidence, ...(box ? { region: regionOf(box) } : {}) },
  };
}

/**
 * Text from a picture as a SARIF message: in one, `[words](address)` is a link and `{0}` stands for an argument.
 *
 * @see SARIF 2.1.0, 3.11.5 (placeholders) and 3.11.6 (embedded links)
 */
function inertMessage(text: string): string {
  // Before each end of a link's words, what may begin them.
  const parts = text.split("](").map((part, index, all) => {
    const end = index === all.length - 1 ? part.length : part.lastIndexOf("]") + 1;
    const [before, words] = [part.slice(0, end), part.slice(end)];
    return before + words.replaceAll("[", "\\[");
  });
  return parts.join("](").replace(/\{(\d+)\}/g, "{{$1}}");
}
