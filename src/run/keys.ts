import { createHash } from "node:crypto";
import { z } from "zod";
import type { Measurement } from "../measure/measurement.js";
import type { Inspection } from "../measure/process/pictureProcess.js";
import { takesEffort } from "../providers/anthropic/models.js";
import type { Redaction } from "../store/redaction.js";
import type { Workflow } from "../workflows/workflow.js";

/** What the same picture may be asked in different ways. */
export interface AskSettings {
  model: string;
  effort: string;
  measuring: Omit<Inspection, "coverSecrets">;
  /** Of secrets in the picture: whether they are covered, sent as they are, or not looked for. */
  secrets: "covered" | "uncovered" | "unsought";
}

/** What becomes of secrets where nobody decides otherwise. */
export const secretsUnder = (redaction: Redaction): AskSettings["secrets"] =>
  redaction === "off" ? "unsought" : "covered";

const hashOf = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");

/**
 * The hash of a run: two runs of one hash ask the same question. Everything that changes the request is in it: the
 * original bytes, the options, the prompt, the schema, the model, and the code that prepares and measures.
 */
export function runHash(
  workflow: Workflow,
  sha256: string,
  { model, effort, measuring, secrets }: AskSettings,
): string {
  const asked = [promptHash(workflow), model, takesEffort(model) ? effort : "", measuring.pixelRatio ?? 0];
  return hashOf([sha256, ...asked, measuring.languages, measuring.languageFolder ?? "", secrets, __PIXELS__]);
}

/** Where an answer is kept: everything about a picture begins with its digest. */
export const answerKey = (sha256: string, hash: string): string => `${sha256}:${hash}`;

/** Where a measurement is kept. A photo that is straightened for a workflow is measured as it is then. */
export function measurementKey(
  { photographed }: Pick<Workflow, "photographed">,
  sha256: string,
  { measuring, secrets }: Pick<AskSettings, "measuring" | "secrets">,
): string {
  const { pixelRatio = 0, languages, languageFolder = "" } = measuring;
  const looked = [pixelRatio, languages, languageFolder, secrets === "unsought", photographed, __PIXELS__];
  return `${sha256}:${hashOf(looked)}`;
}

const prompts = new Map<string, string>();

/** The words and the form of a workflow's question, which are the same for every picture. */
function promptHash(workflow: Workflow): string {
  const known = prompts.get(workflow.id);
  if (known !== undefined) return known;
  const { id, systemPrompt, schema, photographed, maxTokens } = workflow;
  const wording = workflow.question({ picture: blankPicture, measurement: blankMeasurement });
  const form = z.toJSONSchema(schema, { unrepresentable: "any" });
  const hash = hashOf([id, systemPrompt, form, photographed, maxTokens, wording]);
  prompts.set(workflow.id, hash);
  return hash;
}

const blankMeasurement: Measurement = {
  pixelRatio: 1,
  texts: [],
  controls: [],
  quality: [],
  secrets: [],
  covered: true,
  unread: 0,
};

const blankPicture = {
  name: "",
  format: "png" as const,
  sha256: "",
  width: 1,
  height: 1,
  notes: [],
  parts: [
    {
      mediaType: "image/png" as const,
      width: 1,
      height: 1,
      scale: { x: 1, y: 1 },
      offset: { x: 0, y: 0 },
      visualTokens: 1,
    },
  ],
};
