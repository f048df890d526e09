import { createHash } from "node:crypto";
import { z } from "zod";
import type { Measurement } from "../measure/measurement.js";
import type { LabelledPicture } from "../sources/picture.js";
import type { Redaction } from "../store/redaction.js";
import { type AskSettings, offlineProvider, type QuestionPicture } from "../store/runs/askSettings.js";
import { canonicalJson } from "../text/canonicalJson.js";
import type { PreparedInput, Workflow } from "../workflows/workflow.js";
import type { ProviderFacts, RunRequest } from "./types.js";

type Identified = Pick<LabelledPicture, "id" | "label" | "covers">;

/** A request, as far as it makes one question another. */
export type SettingsRequest = Pick<RunRequest, "workflow" | "settings"> & {
  pictures: readonly [Identified, ...Identified[]];
};

/** Everything that makes a request's question another, as one value. */
export function askSettings(
  { workflow, pictures: [first, ...others], settings }: SettingsRequest,
  provider: ProviderFacts,
): AskSettings {
  const { model, effort, redaction, measuring, parameters = {} } = settings;
  const identity = ({ id, label, covers = [] }: Identified) => ({
    id,
    label,
    ...(covers.length > 0 ? { covers: [...covers] } : {}),
  });
  return {
    workflow: workflow.id,
    provider: provider.id,
    model,
    ...(provider.takesEffort(model) ? { effort } : {}),
    redaction: treatmentUnder(redaction),
    measuring,
    pictures: [identity(first), ...others.map(identity)],
    versions: { prompt: promptVersion(workflow), pixels: __PIXELS__ },
    parameters: { ...parameters },
  };
}

/** The settings of the same run when nobody is asked. */
export const offlineSettings = ({ effort: _, ...settings }: AskSettings): AskSettings => ({
  ...settings,
  provider: offlineProvider,
  model: "",
  versions: { ...settings.versions, prompt: "" },
});

/** What becomes of secrets where nobody decides otherwise. */
const treatmentUnder = (redaction: Redaction): AskSettings["redaction"] =>
  redaction === "off" ? "unsought" : "covered";

const hashOf = (value: unknown): string => createHash("sha256").update(canonicalJson(value)).digest("hex");

/**
 * Where a measurement of one of the pictures is kept. A photo that is straightened for a workflow is measured as it is
 * then, and of what a person had covered, nothing is told.
 */
export function measurementKey(
  { photographed }: Pick<Workflow, "photographed">,
  { id, covers }: QuestionPicture,
  { measuring, redaction, versions: { pixels } }: AskSettings,
): string {
  const areSecretsSought = redaction !== "unsought";
  return `${id}:${hashOf({ measuring, areSecretsSought, covers, photographed, pixels })}`;
}

const versions = new Map<string, string>();

/** Stands for the words and the form of a workflow's question, which are the same for every picture. */
function promptVersion(workflow: Workflow): string {
  const known = versions.get(workflow.id);
  if (known !== undefined) return known;
  const { id, systemPrompt, schema, photographed, maxTokens } = workflow;
  const wording = workflow.question([blankInput], {});
  const form = z.toJSONSchema(schema, { unrepresentable: "any" });
  const version = hashOf([id, systemPrompt, form, photographed, maxTokens, wording]);
  versions.set(workflow.id, version);
  return version;
}

/** Of a picture that nobody has measured. */
export const blankMeasurement: Measurement = {
  pixelRatio: 1,
  texts: [],
  controls: [],
  quality: [],
  secrets: [],
  covered: true,
  unread: 0,
};

const blankInput: PreparedInput = {
  label: "",
  picture: {
    name: "",
    format: "png",
    sha256: "",
    width: 1,
    height: 1,
    notes: [],
    parts: [
      {
        mediaType: "image/png",
        width: 1,
        height: 1,
        scale: { x: 1, y: 1 },
        offset: { x: 0, y: 0 },
        visualTokens: 1,
      },
    ],
  },
  measurement: blankMeasurement,
};
