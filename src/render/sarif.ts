import type { Location, Log, Notification, ReportingDescriptor, Result } from "sarif";
import { requirements } from "../checks/criteria.js";
import {
  asideWords,
  type Box,
  type Criterion,
  enoughCoverage,
  type Impact,
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
  const rules = new Map(groups.map(({ finding: { criterion } }) => [ruleId(criterion), rule(criterion)]));
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

const ruleId = (criterion: Criterion | undefined): string =>
  criterion ? `wcag-${criterion.number}` : "display-defect";

function rule(criterion: Criterion | undefined): ReportingDescriptor {
  const id = ruleId(criterion);
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
  const { title, criterion, impact, where, box, problem, affected, fix, confidence, evidence } = finding;
  const [first, ...others] = boxes;
  return {
    ruleId: ruleId(criterion),
    level: levels[impact],
    message: { text: inertMessage(`${title}. ${problem} Affected: ${affected} Fix: ${fix}`) },
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
