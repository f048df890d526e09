import fc from "fast-check";
import { UserError } from "../../src/errors.js";
import { formats, holds, renderOne } from "../../src/render/formats.js";
import { overviewOf, slim } from "../../src/render/overview.js";
import type { RunResult } from "../../src/store/runs/runResult.js";
import { plainName, plainText } from "../../src/text/plain.js";
import { workflows } from "../../src/workflows/index.js";
import type { Evaluation, Workflow } from "../../src/workflows/workflow.js";
import { seenPicture } from "../support/geometry.js";
import { control, text } from "../support/marks.js";
import { hostileText } from "./hostile.js";
import {
  assertInertCsv,
  assertInertHtml,
  assertInertMarkdown,
  assertInertSarif,
  assertVisible,
} from "./inert.js";
import { type Target, target } from "./target.js";
import { valuesOf } from "./valuesOf.js";

const assertInert: Record<string, (text: string) => void> = {
  markdown: assertInertMarkdown,
  html: assertInertHtml,
  csv: assertInertCsv,
  sarif: assertInertSarif,
  json: (written) => JSON.parse(written),
};

/** A picture whose words and name are hostile, too. */
const pictures = fc.tuple(hostileText, fc.array(hostileText, { maxLength: 3 })).map(([name, words]) =>
  seenPicture(plainName(name), 800, 600, {
    texts: words.map((word, index) =>
      text(`T${index + 1}`, 150, { x: 20, y: 30 * index, width: 200, height: 16 }, { text: plainText(word) }),
    ),
    controls: [control("C1", 300, 18)],
  }),
);

const sha256 = "0".repeat(64);

/** Each workflow's answers, evaluated and written in every format: nothing in them is live. */
const answersOf = (workflow: Workflow): Target =>
  target(
    `answers: ${workflow.id}`,
    fc.record({ answer: valuesOf(workflow.schema), picture: pictures, path: hostileText }),
    ({ answer, picture, path }) => {
      const evaluation = evaluated(workflow, answer, picture);
      if (!evaluation) return;
      const result: RunResult = {
        ...evaluation,
        settings: {
          workflow: workflow.id,
          provider: "fuzz",
          model: "fuzz",
          redaction: "covered",
          measuring: { languages: ["eng"] },
          pictures: [{ id: sha256, label: "" }],
          versions: { prompt: "", pixels: "" },
          parameters: {},
        },
        runKey: sha256,
        pictures: [{ ...picture, id: sha256 }],
        response: undefined,
        edits: [],
        milliseconds: 1,
      };
      const { report } = evaluation;
      const overview = overviewOf(workflow.id, [
        { path, sha256, state: "done", report: slim(report) },
        { path, sha256, state: "failed", reason: path },
      ]);
      for (const format of formats) {
        if (!holds(format, workflow.id)) continue;
        for (const written of [renderOne(format, result, path), format.many?.(overview, true)]) {
          if (typeof written !== "string") continue;
          assertVisible(written);
          assertInert[format.id]?.(written);
        }
      }
    },
  );

function evaluated(
  workflow: Workflow,
  answer: unknown,
  picture: ReturnType<typeof seenPicture>,
): Evaluation | undefined {
  try {
    return workflow.evaluate(answer, [picture]);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

export const answers: Target[] = Object.values(workflows).map(answersOf);
