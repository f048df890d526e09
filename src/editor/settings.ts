import { ConfigurationTarget, workspace } from "vscode";
import { z } from "zod";
import { languagesSchema } from "../measure/languages.js";
import { type Effort, efforts } from "../providers/anthropic/effort.js";
import { defaultBaseUrl, defaultModel } from "../providers/anthropic/models.js";
import { Price, type PriceList, publishedPrices } from "../providers/anthropic/prices.js";
import type { WorkflowId } from "../report.js";
import type { RunOptions } from "../run/runner.js";
import type { Caps } from "../store/ledger/budget.js";
import { type Redaction, redactions } from "../store/redaction.js";
import type { Retention } from "../store/runs/history.js";
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

  /** Questions on their way at once. */
  atOnce(): number {
    return read("atOnce", z.number().int().min(1).max(16), 4);
  },

  /** What a command may cost without being confirmed. US$. */
  confirmAbove(): number {
    return read("confirmAbove", z.number().nonnegative(), 0.5);
  },

  caps(): Caps {
    const cap = (key: BudgetKey, byDefault: number) =>
      read(key, z.number().nonnegative(), byDefault) || Number.POSITIVE_INFINITY;
    return { daily: cap("budget.daily", 20), command: cap("budget.command", 10) };
  },

  async setCap(key: BudgetKey, cap: number): Promise<void> {
    await workspace.getConfiguration(section).update(key, cap, ConfigurationTarget.Global);
  },

  /** The published prices, with those that the person set. */
  prices(): PriceList {
    const own = z
      .record(z.string(), z.unknown())
      .catch({})
      .parse(workspace.getConfiguration(section).get("prices"));
    const valid = Object.entries(own).flatMap(([model, price]) => {
      const parsed = Price.safeParse({
        ...publishedPrices[model],
        ...z.record(z.string(), z.unknown()).catch({}).parse(price),
      });
      return parsed.success ? [[model, parsed.data] as const] : [];
    });
    return { ...publishedPrices, ...Object.fromEntries(valid) };
  },

  /** How long and how much is kept; runs and answers have half of the space each. */
  retention(): Retention {
    const megabytes = read("storage.megabytes", z.number().min(10), 1000);
    return { days: read("storage.days", z.number().min(1), 30), bytes: (megabytes / 2) * 1024 * 1024 };
  },

  async setModel(model: string, workflow?: WorkflowId): Promise<void> {
    const key: SettingKey = workflow ? `${workflow}.model` : "model";
    await workspace.getConfiguration(section).update(key, model, ConfigurationTarget.Global);
  },
};

export type BudgetKey = "budget.daily" | "budget.command";

function read<T, Default extends T | undefined>(
  key: SettingKey,
  schema: z.ZodType<T>,
  byDefault: Default,
): T | Default {
  const parsed = schema.safeParse(workspace.getConfiguration(section).get(key));
  return parsed.success ? parsed.data : byDefault;
}
