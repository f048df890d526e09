import { ConfigurationTarget, workspace } from "vscode";
import { z } from "zod";
import { provider } from "../app/provider.js";
import { languagesSchema } from "../measure/languages.js";
import { type Effort, efforts } from "../providers/effort.js";
import { Price, type PriceList } from "../providers/prices.js";
import type { WorkflowId } from "../report.js";
import type { RunSettings } from "../run/types.js";
import type { Caps } from "../store/ledger/budget.js";
import { type Redaction, redactions } from "../store/redaction.js";
import type { Retention } from "../store/runs/history.js";
import { type MermaidVersion, mermaidVersions } from "../workflows/diagram/emit/emitted.js";
import { workflowOf } from "../workflows/index.js";
import { parametersOf } from "../workflows/presentation.js";
import { section } from "./contributions.js";
import { type EditorSetting, editorSettings } from "./manifest/settings.js";

/** The settings, read in this one place, parsed, with their defaults where they do not parse. */
export const settings = {
  /** @param workflow whose own model it is, where one is set; without, the model of all workflows */
  model(workflow?: WorkflowId): string {
    const own = workflow === undefined ? undefined : this.ownModel(workflow);
    return own ?? read("model", z.string().min(1));
  },

  /** The model that is set for this workflow alone. */
  ownModel(workflow: WorkflowId): string | undefined {
    return readOwn(workflow, "model", z.string().min(1));
  },

  effort(workflow: WorkflowId): Effort {
    const { defaultEffort } = workflowOf(workflow).presentation.settings;
    return readOwn(workflow, "effort", z.enum(efforts)) ?? defaultEffort;
  },

  /** Which Mermaid is to read what this workflow writes. */
  mermaidVersion(workflow: WorkflowId): MermaidVersion {
    return readOwn(workflow, "mermaid.version", z.enum(mermaidVersions)) ?? "github";
  },

  /** From the user's own settings alone: a workspace's could send the key elsewhere. */
  baseUrl(): string {
    const value: unknown = workspace.getConfiguration(section).inspect("baseUrl")?.globalValue;
    return z.string().min(1).catch(provider.defaultBaseUrl).parse(value);
  },

  /** Hosts in one's own networks that pictures may come from. From the user's own settings alone, as the address of the API. */
  allowedHosts(): string[] {
    const value: unknown = workspace.getConfiguration(section).inspect("addresses.allowed")?.globalValue;
    return z.array(z.string().min(1)).catch([]).parse(value);
  },

  redaction(): Redaction {
    return read("redaction", z.enum(redactions));
  },

  /** How a workflow asks about pictures. */
  asking(workflow: WorkflowId): RunSettings {
    const { presentation } = workflowOf(workflow);
    const own = (presentation.settings.parameters ?? []).map((key) => [
      key,
      readOwn(workflow, key, z.string()),
    ]);
    return {
      model: settings.model(workflow),
      effort: settings.effort(workflow),
      redaction: settings.redaction(),
      measuring: settings.measuring(),
      parameters: parametersOf(presentation, Object.fromEntries(own)),
    };
  },

  /** How pictures are measured. */
  measuring(): RunSettings["measuring"] {
    const ratio = read("pixelRatio", z.number().min(0).max(8));
    const folder = read("ocr.folder", z.string());
    return {
      pixelRatio: ratio === 0 ? undefined : ratio,
      languages: read("ocr.languages", languagesSchema),
      languageFolder: folder === "" ? undefined : folder,
    };
  },

  /** Whether measured failures are listed in the Problems panel. */
  problems(): boolean {
    return read("problems", z.boolean());
  },

  /** Questions on their way at once. */
  atOnce(): number {
    return read("atOnce", z.number().int().min(1).max(16));
  },

  /** What a command may cost without being confirmed. US$. */
  confirmAbove(): number {
    return read("confirmAbove", z.number().nonnegative());
  },

  caps(): Caps {
    const cap = (key: BudgetKey) => read(key, z.number().nonnegative()) || Number.POSITIVE_INFINITY;
    return { daily: cap("budget.daily"), command: cap("budget.command") };
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
        ...provider.prices[model],
        ...z.record(z.string(), z.unknown()).catch({}).parse(price),
      });
      return parsed.success ? [[model, parsed.data] as const] : [];
    });
    return { ...provider.prices, ...Object.fromEntries(valid) };
  },

  /** How long and how much is kept; runs and answers have half of the space each. */
  retention(): Retention {
    const megabytes = read("storage.megabytes", z.number().min(10));
    return { days: read("storage.days", z.number().min(1)), bytes: (megabytes / 2) * 1024 * 1024 };
  },

  /** @param workflow for which alone it is set; without, it is the model of all that have none of their own */
  async setModel(model: string, workflow?: WorkflowId): Promise<void> {
    const key = workflow === undefined ? "model" : `${workflow}.model`;
    await workspace.getConfiguration(section).update(key, model, ConfigurationTarget.Global);
  },
};

export type BudgetKey = "budget.daily" | "budget.command";

/** A setting of the editor; where it does not parse, what it is by default. */
function read<T>(key: EditorSetting, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(workspace.getConfiguration(section).get(key));
  return parsed.success ? parsed.data : schema.parse(editorSettings[key].default);
}

/** A workflow's own setting; undefined where it is not set or does not parse. */
function readOwn<T>(workflow: WorkflowId, key: string, schema: z.ZodType<T>): T | undefined {
  return schema.safeParse(workspace.getConfiguration(section).get(`${workflow}.${key}`)).data;
}
