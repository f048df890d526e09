import type { Measurement } from "../../measure/measurement.js";
import type { Box, ControlMark, Criterion, Finding, TextMark } from "../../report.js";
import { criteria } from "./criteria.js";
import { contrastWords, isMeasured, isTooSmallTarget, ratioWords, sizeWords } from "./evidence.js";

/**
 * What fails by measure alone: texts by their contrast, small targets, fields without a visible boundary.
 *
 * @param named what somebody has named already: it is left out
 */
export function measuredFindings(
  measurement: Measurement,
  named: readonly Pick<Finding, "criterion" | "marks">[] = [],
): Finding[] {
  const isNew =
    (number: string) =>
    ({ id }: { id: string }) =>
      !named.some(({ criterion, marks }) => criterion.number === number && marks.includes(id));
  return [
    ...paleTexts(measurement.texts.filter(isNew("1.4.3"))),
    ...smallTargets(measurement.controls.filter(isNew("2.5.8")), measurement),
    ...faintBoundaries(measurement.controls.filter(isNew("1.4.11"))),
  ];
}

/** One finding for each pair of colours: that is one place in the style sheet. */
function paleTexts(texts: readonly TextMark[]): Finding[] {
  const failing = texts.filter(isMeasured).filter(({ contrast }) => !contrast.passes);
  const byColours = group(
    failing,
    ({ contrast }) => `${contrast.foreground} ${contrast.background} ${contrast.needed}`,
  );
  return byColours.map((same) => {
    const [first] = same;
    const { worst, needed, foreground, background, passing } = first.contrast;
    return finding({
      criterion: "1.4.3",
      marks: same,
      impact: worst < 3 ? "serious" : "moderate",
      title: `Text ${quoted(first.text)} has a contrast of ${ratioWords(worst)}`,
      where:
        same.length === 1
          ? quoted(first.text)
          : same
              .map(({ text }) => quoted(text))
              .slice(0, 8)
              .join(", "),
      problem: `${same.length === 1 ? "It has" : `${same.length} texts have`} ${contrastWords(first)}; ${needed}:1 is needed${needed === 3 ? " for large text" : ""}.`,
      affected: "People with low vision, and anyone in bright light.",
      fix: passing
        ? `Use ${passing} instead of ${foreground} on ${background}.`
        : "Use a darker or lighter colour.",
      measured: `Measured: ${contrastWords(first)}; ${needed}:1 is needed.`,
    });
  });
}

function smallTargets(
  controls: readonly ControlMark[],
  { controls: all, pixelRatio }: Measurement,
): Finding[] {
  const small = controls
    // A label beside a checkbox is usually pressed, too.
    .filter(({ kind }) => kind !== "checkbox" && kind !== "radio" && kind !== "switch")
    .filter((control) => isTooSmallTarget(control, all, pixelRatio));
  const bySize = group(
    small,
    ({ kind, width, height }) => `${kind} ${Math.round(width)} ${Math.round(height)}`,
  );
  return bySize.map((same) => {
    const [first] = same;
    const size = `${Math.round(first.width)} × ${Math.round(first.height)} CSS px`;
    return finding({
      criterion: "2.5.8",
      marks: same,
      impact: "moderate",
      title: `${same.length === 1 ? `The ${names[first.kind]} ${first.id} is` : `${same.length} ${plurals[first.kind]} are`} only ${size}`,
      where: same
        .map(({ id, box }) => `${id}, ${placeWords(box)}`)
        .slice(0, 8)
        .join("; "),
      problem: `Less than 24 × 24 CSS px, and too close to the next control: ${sizeWords(first)}.`,
      affected: "People with a tremor or little dexterity, and anyone on a touch screen.",
      fix: "Make it at least 24 × 24 CSS px, or leave more room around it.",
      measured: `Measured: ${sizeWords(first)}.`,
    });
  });
}

/** A button is told by its text; a field and a checkbox are told by their boundary alone. */
function faintBoundaries(controls: readonly ControlMark[]): Finding[] {
  const faint = controls.filter(
    ({ kind, boundary }) => (kind === "field" || kind === "checkbox") && boundary < 2.95,
  );
  return group(faint, ({ kind, boundary }) => `${kind} ${boundary.toFixed(1)}`).map((same) => {
    const [first] = same;
    return finding({
      criterion: "1.4.11",
      marks: same,
      impact: "moderate",
      title: `The boundary of ${same.length === 1 ? `a ${names[first.kind]}` : `${same.length} ${plurals[first.kind]}`} is hard to see`,
      where: same
        .map(({ id, box }) => `${id}, ${placeWords(box)}`)
        .slice(0, 8)
        .join("; "),
      problem: `The border or fill has ${ratioWords(first.boundary)} against what surrounds it; 3:1 is needed.`,
      affected: "People with low vision, who cannot see where to type or to press.",
      fix: "Give the border a colour of at least 3:1 against the page.",
      measured: `Measured: ${ratioWords(first.boundary)} at the boundary; 3:1 is needed.`,
    });
  });
}

const names: Record<ControlMark["kind"], string> = {
  button: "button",
  icon: "icon button",
  field: "field",
  select: "select",
  checkbox: "checkbox",
  radio: "radio button",
  switch: "switch",
};

const plurals: Record<ControlMark["kind"], string> = {
  button: "buttons",
  icon: "icon buttons",
  field: "fields",
  select: "selects",
  checkbox: "checkboxes",
  radio: "radio buttons",
  switch: "switches",
};

const quoted = (text: string) => `“${text.length > 48 ? `${text.slice(0, 47)}…` : text}”`;

const placeWords = ({ x, y }: Box) => `at ${Math.round(x)}, ${Math.round(y)} px`;

type Group<T> = [T, ...T[]];

function group<T>(items: readonly T[], by: (item: T) => string): Group<T>[] {
  const groups = new Map<string, Group<T>>();
  for (const item of items) {
    const same = groups.get(by(item));
    if (same) same.push(item);
    else groups.set(by(item), [item]);
  }
  return [...groups.values()];
}

type Parts = Pick<Finding, "impact" | "title" | "where" | "problem" | "affected" | "fix" | "measured"> & {
  criterion: string;
  marks: ReadonlyArray<TextMark | ControlMark>;
};

function finding({ criterion: number, marks, ...parts }: Parts): Finding {
  const criterion: Criterion | undefined = criteria.get(number);
  if (!criterion) throw new Error(`There is no criterion ${number}`);
  const ids = marks.map(({ id }) => id);
  const [first] = marks;
  return {
    ...parts,
    key: keyOf(number, ids, first?.box, parts.title),
    criterion,
    ...(first ? { box: first.box } : {}),
    confidence: "high",
    evidence: "measured",
    marks: ids,
  };
}

/**
 * Marks are numbered alike in every run on a picture, so a finding's marks say which it is; else its place, and
 * without one its title: what is decided about one finding is never taken for a decision about another.
 */
export function keyOf(
  criterion: string,
  marks: readonly string[],
  box: Box | undefined,
  title: string,
): string {
  if (marks.length > 0) return `${criterion} ${[...marks].sort().join(" ")}`;
  if (!box) return `${criterion} ${title.toLowerCase().slice(0, 200)}`;
  return `${criterion} ${[box.x, box.y].map((value) => Math.round(value / 64)).join(" ")}`;
}
