import { createHash } from "node:crypto";
import { z } from "zod";
import { efforts } from "../../providers/effort.js";
import { Box } from "../../report.js";
import { PictureId } from "../../sources/picture.js";
import { canonicalJson } from "../../text/canonicalJson.js";

/** The provider of a run that asks nobody. */
export const offlineProvider = "none";

/** One of the pictures that a question is about. */
export const QuestionPicture = z.object({
  id: PictureId,
  label: z.string(),
  /** Places that a person had covered; absent where there are none. Pixels of the original. */
  covers: z.array(Box).min(1).optional(),
});
export type QuestionPicture = z.infer<typeof QuestionPicture>;

/** Everything that makes one question another: two runs with equal settings ask the same. */
export const AskSettings = z.object({
  /** The workflow's id. One that this version does not know may have been kept by another version. */
  workflow: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** The provider's id, or `offlineProvider`. */
  provider: z.string(),
  /** Empty when nobody is asked. */
  model: z.string(),
  /** Absent for a model that takes none. */
  effort: z.enum(efforts).optional(),
  /** What becomes of secrets in the pictures: covered, sent as they are, or not looked for. */
  redaction: z.enum(["covered", "uncovered", "unsought"]),
  measuring: z.object({
    /** Pixels of the picture for each CSS pixel; absent when it is guessed. */
    pixelRatio: z.number().optional(),
    languages: z.array(z.string()),
    languageFolder: z.string().optional(),
  }),
  /** In the order in which they are shown. */
  pictures: z.tuple([QuestionPicture], QuestionPicture),
  versions: z.object({
    /** Of the prompt, the schema and the wording of the question. */
    prompt: z.string(),
    /** Of the code that prepares and measures. */
    pixels: z.string(),
  }),
  /** What the workflow was told beyond the pictures, such as a question of the person's own. */
  parameters: z.record(z.string(), z.json()),
});
export type AskSettings = z.infer<typeof AskSettings>;

export const RunKey = z.string().regex(/^[0-9a-f]{64}$/);

/** The name of a run, in the cache, the history, tables, batches and panels: SHA-256, hexadecimal. */
export const runKey = (settings: AskSettings): string =>
  createHash("sha256").update(canonicalJson(settings)).digest("hex");
