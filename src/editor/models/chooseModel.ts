import { type QuickPickItem, QuickPickItemKind, window } from "vscode";
import { provider } from "../../app/provider.js";
import { toUserError } from "../../errors.js";
import type { Model } from "../../providers/models.js";
import { estimate } from "../../run/estimate.js";
import { dollars } from "../../text/dollars.js";
import { workflows } from "../../workflows/index.js";
import type { Keys } from "../keys/keys.js";
import { inert } from "../notify.js";
import { settings } from "../settings.js";

/** Lets the person choose the model for all workflows or one, from those that the key can use. */
export async function chooseModel(keys: Keys): Promise<void> {
  const { models, note } = await available(keys);
  const items: Array<QuickPickItem & { model?: string }> = models.map((model) => ({
    label: model.name,
    description: model.id === settings.model() ? `${model.id} (now)` : model.id,
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
  const scope = await window.showQuickPick(scopes(), { title: `Use ${chosen.label} for` });
  if (!scope) return;
  await settings.setModel(chosen.model, scope.workflow);
  if (scope.workflow === undefined) await offerForAll(chosen.model);
}

interface Scope extends QuickPickItem {
  workflow?: string;
}

function scopes(): Scope[] {
  const each = Object.values(workflows).map(
    ({ id, title }): Scope => ({ label: title, workflow: id, description: settings.ownModel(id) ?? "" }),
  );
  return [{ label: "All workflows" }, ...each];
}

/** A workflow's own model wins over that of all: who chooses for all is told of these, and may choose for them, too. */
async function offerForAll(model: string): Promise<void> {
  const others = Object.values(workflows).filter(({ id }) => {
    const own = settings.ownModel(id);
    return own !== undefined && own !== model;
  });
  if (others.length === 0) return;
  const too = "Use It There, Too";
  const titles = others.map(({ id, title }) => `${title} (${settings.ownModel(id)})`).join(", ");
  const message = `Workflows with a model of their own keep it: ${titles}.`;
  if ((await window.showInformationMessage(inert(message), too)) !== too) return;
  for (const { id } of others) await settings.setModel("", id);
}

async function available(keys: Keys): Promise<{ models: readonly Model[]; note?: string }> {
  const baseUrl = settings.baseUrl();
  const apiKey = await keys.find(baseUrl);
  if (!apiKey) return { models: provider.models, note: "Built-in list: no API key is set" };
  try {
    const { listModels } = await provider.connect({ apiKey, baseUrl });
    if (!listModels) return { models: provider.models, note: "Built-in list" };
    return { models: (await listModels()).filter(({ usable }) => usable) };
  } catch (error) {
    return { models: provider.models, note: `Built-in list: ${toUserError(error).message}` };
  }
}

/** Of a screen of 1920 × 1080 pixels. */
const usualTokens = 2691;

function price(model: string): string {
  const prices = settings.prices();
  const list = prices[model];
  if (!list) return "";
  const recentUsage = { isPromptCached: false, output: undefined };
  const costs = Object.values(workflows).map(
    (workflow) => estimate(workflow, usualTokens, { model, prices, recentUsage }).cost ?? 0,
  );
  return `$${list.input} in, $${list.output} out per million tokens; a full HD screen at most about ${dollars(Math.max(...costs))}`;
}
