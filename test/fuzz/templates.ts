import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors.js";
import { plainValue } from "../../src/text/plain.js";
import { TriageAnswer } from "../../src/workflows/triage/schema.js";
import { fillDocument, fillTemplate } from "../../src/workflows/triage/template/fill.js";
import { parseTemplate } from "../../src/workflows/triage/template/template.js";
import { triage } from "../../src/workflows/triage/triage.js";
import { seenPicture } from "../support/geometry.js";
import { mutated } from "./hostile.js";
import { target } from "./target.js";
import { valuesOf } from "./valuesOf.js";

const templates = [
  "---\nname: Bug\ntitle: '[Bug]'\nlabels: bug, ui\n---\n## What happened\n\n**Steps to reproduce:**\n1. …\n\n- OS: [e.g. iOS]\n- **Browser:** <!-- which -->\n",
  "name: Bug\nlabels: [bug]\nbody:\n  - type: textarea\n    id: what\n    attributes:\n      label: What happened?\n      render: shell\n  - type: dropdown\n    id: severity\n    attributes:\n      label: Severity\n      options: [critical, minor]\n  - type: checkboxes\n    attributes:\n      label: Terms\n      options:\n        - label: I agree\n",
];
const words = [
  "---",
  "\n---\n",
  "## ",
  "**",
  ":",
  "- ",
  "[",
  "]",
  "<!--",
  "&a ",
  "*a",
  "? ",
  "!!js ",
  "|\n",
  "> ",
  "label: ",
  "type: input\n",
  "\t",
  " ".repeat(80),
];

export const issueTemplates = target(
  "templates",
  fc.record({
    file: fc.constantFrom("bug.md", "bug.yml", ".github/ISSUE_TEMPLATE/config.yml"),
    text: mutated(templates, words),
    answer: valuesOf(TriageAnswer),
  }),
  ({ file, text, answer }) => {
    const judged = triage.evaluate(plainValue(TriageAnswer.parse(answer)).value, [
      seenPicture("a.png", 800, 600),
    ]);
    const filling = { judged, pictureLink: "![Screenshot](a.png)" };
    const template = parsed(file, text);
    if (template) {
      const { title, fields } = fillTemplate(template, filling);
      assert.doesNotMatch(title.slice(template.titlePrefix.length), /\n/);
      assert.ok(fields.every(({ value }) => value !== ""));
    }
    const lines = text.split("\n").length;
    let last = 0;
    for (const { from, to } of fillDocument(text, filling)) {
      assert.ok(last <= from && from <= to && to <= lines);
      last = to;
    }
  },
);

function parsed(file: string, text: string) {
  try {
    return parseTemplate(file, text);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
