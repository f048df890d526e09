import { type QuickPickItem, QuickPickItemKind, window } from "vscode";
import { toUserError } from "../../errors.js";
import { builtInModels, type Model } from "../../providers/anthropic/models.js";
import type { WorkflowId } from "../../report.js";
import { estimate } from "../../run/estimate.js";
import { dollars } from "../../text/dollars.js";
import { workflows } from "../../workflows/index.js";
import type { Keys } from "../keys/keys.js";
import { settings } from "../settings.js";

const scopes: ReadonlyArray<[WorkflowId | undefined, string]> = [
  [undefined, "All workflows"],
  ["audit", "Audit Accessibility"],
  ["triage", "Triage Bug"],
  ["diagram", "Convert to Mermaid"],
];

/** Lets the person choose the model for all workflows or one, from those that the key can use. */
export async function chooseModel(keys: Keys): Promise<void> {
  const { models, note } = await available(keys);
  const items: Array<QuickPickItem & { model?: string }> = models.map((model) => ({
    label: model.name,
    description: model.id === settings.model("audit") ? `${model.id} (now)` : model.id,
    detail: [model.about, model.effort ? "effort can be set" : "", price(model.id)]
      .filter((part) => part !== "")
      .join(" · "),
    model: model.id,
  }));
  if (note) items.unshift({ label: note, kind: QuickPickItemKind.Separator });
  const chosen = await window.showQuickPick(items, {
    title: "Choose Model",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen?.model === undefined) return;
  const scope = await window.showQuickPick(
    scopes.map(([workflow, label]) => ({ label, workflow })),
    { title: `Use ${chosen.label} for` },
  );
  if (scope) await settings.setModel(chosen.model, scope.workflow);
}

async function available(keys: Keys): Promise<{ models: readonly Model[]; note?: string }> {
  const baseUrl = settings.baseUrl();
  const apiKey = await keys.find(baseUrl);
  if (!apiKey) return { models: builtInModels, note: "Built-in list: no API key is set" };
  try {
    const { listModels } = await import("../../providers/anthropic/listModels.js");
    return { models: (await listModels({ apiKey, baseUrl })).filter(({ usable }) => usable) };
  } catch (error) {
    return { models: builtInModels, note: `Built-in list: ${toUserError(error).message}` };
  }
}

/** Of a screen of 1920 × 1080 pixels. */
const usualTokens = 2691;

function price(model: string): string {
  const prices = settings.prices();
  const list = prices[model];
  if (!list) return "";
  const recentUsage = { isPromptCached: false, output: undefined };
  const { cost = 0 } = estimate(workflows.audit, usualTokens, { model, prices, recentUsage });
  return `$${list.input} in, $${list.output} out per million tokens; an audit of a full HD screen about ${dollars(cost)}`;
}
