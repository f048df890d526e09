import { ConfigurationTarget, workspace } from "vscode";
import { z } from "zod";
import { type Effort, efforts } from "../claude/effort.js";
import { defaultBaseUrl, defaultModel } from "../claude/models.js";
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
