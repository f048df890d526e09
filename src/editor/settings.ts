import { ConfigurationTarget, workspace } from "vscode";
import { z } from "zod";
import { type Effort, efforts } from "../claude/effort.js";
import { defaultBaseUrl, defaultModel } from "../claude/models.js";
import { languagesSchema } from "../measure/languages.js";
import { type Redaction, redactions } from "../pipeline/redaction.js";
import type { RunOptions } from "../pipeline/run.js";
import type { WorkflowId } from "../report.js";
import { type SettingKey, section } from "./contributions.js";

/** The settings, read in this one place, parsed, with their defaults where they do not parse. */
export const settings = {
  model(workflow: WorkflowId): string {
    return (
      read(`${workflow}.model`, z.string().min(1), undefined) ??
      read("model", z.string().min(1), defaultModel)
    );
  },

  effort(workflow: WorkflowId): Effort {
    return read(`${workflow}.effort`, z.enum(efforts), "medium");
  },

  /** From the user's own settings alone: a workspace's could send the key elsewhere. */
  baseUrl(): string {
    const value: unknown = workspace.getConfiguration(section).inspect("baseUrl")?.globalValue;
    return z.string().min(1).catch(defaultBaseUrl).parse(value);
  },

  redaction(): Redaction {
    return read("redaction", z.enum(redactions), "ask");
  },

  /** How pictures are measured. */
  measuring(): RunOptions["measuring"] {
    const ratio = read("pixelRatio", z.number().min(0).max(8), 0);
    const folder = read("ocr.folder", z.string(), "");
    return {
      pixelRatio: ratio === 0 ? undefined : ratio,
      languages: read("ocr.languages", languagesSchema, ["eng"]),
      languageFolder: folder === "" ? undefined : folder,
    };
  },

  /** Whether measured failures are listed in the Problems panel. */
  problems(): boolean {
    return read("problems", z.boolean(), true);
  },

  async setModel(model: string, workflow?: WorkflowId): Promise<void> {
    const key: SettingKey = workflow ? `${workflow}.model` : "model";
    await workspace.getConfiguration(section).update(key, model, ConfigurationTarget.Global);
  },
};

function read<T, Default extends T | undefined>(
  key: SettingKey,
  schema: z.ZodType<T>,
  byDefault: Default,
): T | Default {
  const parsed = schema.safeParse(workspace.getConfiguration(section).get(key));
  return parsed.success ? parsed.data : byDefault;
}
