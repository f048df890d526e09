import fc from "fast-check";
import { plainText } from "../../src/text/plain.js";
import {
  chartKinds,
  counts,
  type Graph,
  graphKinds,
  heads,
  type Kind,
  type Node,
  type Row,
  shapes,
} from "../../src/workflows/diagram/schema.js";

/** A label as it can be compared: what a drawing shows of it. */
export const shown = (text: string): string => plainText(text).normalize("NFC").replace(/\s+/g, " ").trim();

/**
 * A label's letters, however it is split into rows, spaced, or written as a name. Each is made small by itself: a
 * sigma is another small letter at the end of a word.
 */
export const letters = (text: string): string =>
  [...shown(text).replace(/[\s_]/g, "")].map((letter) => letter.toLowerCase()).join("");

/** Labels that have broken diagram languages before, beside any Unicode. */
const nasty = [
  "end",
  "End",
  "graph",
  "subgraph",
  "click",
  "class",
  "style",
  "default",
  "state",
  "note",
  "[*]",
  "o",
  "x",
  "---",
  "%%{init: {'theme':'dark'}}%%",
  "%% comment",
  'click n1 href "javascript:alert(1)"',
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  'a"b',
  "a'b",
  "`code`",
  "`**bold**`",
  "[x](https://evil.example)",
  "#35;",
  "#quot;",
  "&lt;b&gt;",
  "&amp;",
  "a;b",
  "a:b",
  "a|b",
  "{a}",
  "[a]",
  "(a)",
  "((a))",
  ">a]",
  "@{ img: 'x' }",
  "::icon(fa fa-book)",
  ":::cls",
  "~T~",
  "\\n",
  "a\nb",
  "\n",
  " ",
  "",
  "🎉 émoji",
  "שלום",
  "日本語",
  "--> n2",
  "||--o{",
  "}",
  "{",
  "---\ntitle: x\n---",
  "accTitle: x",
  "direction LR",
  "*/",
  "-->",
  "$$x^2$$",
  "fa:fa-car",
  "1. list",
  "2) list",
  "- list",
  "+ list",
  "# head",
  "title",
  "_x_",
  "__init__",
  "user_id",
  "~~x~~",
  "www.example.com",
  "see http://a.example/b?c=d",
  "ann@example.com",
  "> quote",
  "Status: open",
  "f(x) { y }",
];

/** Labels that can be found in a drawing. Mermaid itself draws an entity in a label as its character. */
export const drawableLabel = fc.constantFrom(...nasty.filter((text) => !/[&#]\w+;/.test(text)));

const anyLabel = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.string({ unit: "binary", maxLength: 12 }).map((text) => Buffer.from(text).toString()),
);

const confidence = fc.constantFrom("high", "medium", "low");
const some = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** A graph of any kind, as a model may answer it: references may dangle, ids may be odd. */
export const graphsWith = (
  label: fc.Arbitrary<string>,
  kinds: readonly Kind[] = graphKinds,
): fc.Arbitrary<Graph> =>
  some(kinds).chain((kind) =>
    fc
      .array(
        fc.oneof({ weight: 4, arbitrary: fc.stringMatching(/^n\d{1,2}$/) }, { weight: 1, arbitrary: label }),
        { maxLength: 8 },
      )
      .chain((ids) => {
        const id =
          ids.length > 0
            ? fc.oneof({ weight: 9, arbitrary: some(ids) }, { weight: 1, arbitrary: label })
            : label;
        const groupId = fc.oneof(fc.constant(""), fc.constantFrom("g1", "g2", "g3"));
        return fc.record<Graph>({
          kind: fc.constant(kind),
          title: label,
          direction: fc.constantFrom("right", "down", "left", "up"),
          nodes: fc.tuple(
            ...ids.map((nodeId) =>
              fc.record<Node>({
                id: fc.constant(nodeId),
                label,
                shape: some(shapes),
                group: groupId,
                details: fc.array(label, { maxLength: 3 }),
                place: fc.constant({ part: 1, x: 0, y: 0, width: 0, height: 0 }),
                confidence,
                alternatives: fc.constant([]),
              }),
            ),
          ),
          edges: fc.array(
            fc.record({
              from: id,
              to: id,
              label,
              line: fc.constantFrom("solid", "dashed", "thick"),
              startHead: some(heads),
              endHead: some(heads),
              startCount: some(counts),
              endCount: some(counts),
              confidence,
              alternatives: fc.constant([]),
            }),
            { maxLength: 8 },
          ),
          groups: fc.array(fc.record({ id: fc.constantFrom("g1", "g2", "g3"), label, parent: groupId }), {
            maxLength: 3,
          }),
          steps: fc.array(
            fc.record({
              kind: fc.constantFrom("message", "message", "note", "open", "else", "close"),
              from: id,
              to: id,
              text: label,
              line: fc.constantFrom("solid", "dashed"),
              head: fc.constantFrom("arrow", "open", "cross", "none"),
              fragment: fc.constantFrom("none", "loop", "alt", "opt", "par"),
            }),
            { maxLength: 10 },
          ),
          rows: fc.constant([]),
          notes: fc.array(fc.record({ text: label, about: fc.oneof(fc.constant(""), id) }), { maxLength: 2 }),
          remarks: fc.constant([]),
          unreadable: fc.constant([]),
        });
      }),
  );

export const anyGraph = graphsWith(anyLabel);
/** A graph of one of these kinds. */
export const graphsOf = (...kinds: Kind[]): fc.Arbitrary<Graph> => graphsWith(anyLabel, kinds);

const roles = {
  gantt: ["item", "done", "active", "critical", "milestone"],
  pie: ["item"],
  timeline: ["item"],
  quadrant: ["item", "xAxis", "yAxis", "quadrant"],
  git: ["commit", "commit", "branch", "merge"],
} as const satisfies Record<(typeof chartKinds)[number], ReadonlyArray<Row["role"]>>;

/** A chart of any kind. Values are such as a picture holds, and any text. */
export const chartsWith = (label: fc.Arbitrary<string>): fc.Arbitrary<Graph> =>
  some(chartKinds).chain((kind) => {
    const value = fc.oneof(
      label,
      fc.constantFrom(
        "2026-03-02",
        "2026-02-30",
        "5d",
        "2 weeks",
        "42 %",
        "1,234.5",
        "0.3",
        "1",
        "2",
        "",
        "main",
      ),
    );
    const section = fc.oneof(fc.constantFrom("", "main", "feature/x"), label);
    const row = fc.record<Row>({ role: some(roles[kind]), section, label, start: value, end: value });
    return fc.record<Graph>({
      kind: fc.constant(kind),
      title: label,
      direction: fc.constant("right"),
      nodes: fc.constant([]),
      edges: fc.constant([]),
      groups: fc.constant([]),
      steps: fc.constant([]),
      rows: fc.array(row, { minLength: 1, maxLength: 8 }),
      notes: fc.constant([]),
      remarks: fc.constant([]),
      unreadable: fc.constant([]),
    });
  });

export const anyChart = chartsWith(anyLabel);
