import { window } from "vscode";
import { dollars } from "../../text/dollars.js";
import { type BudgetKey, settings } from "../settings.js";

const names: Record<BudgetKey, string> = {
  "budget.daily": "a day",
  "budget.command": "a command",
};

/**
 * Lets the person raise a budget.
 *
 * @returns whether they did
 */
export async function raiseBudget(key: BudgetKey): Promise<boolean> {
  const caps = settings.caps();
  const now = key === "budget.daily" ? caps.daily : caps.command;
  const proposed = Number.isFinite(now) ? String(Math.max(1, now * 2)) : "0";
  const typed = await window.showInputBox({
    title: `Budget for ${names[key]}, in US dollars`,
    prompt: Number.isFinite(now) ? `Now ${dollars(now)}. 0 is no limit.` : "Now without limit.",
    value: proposed,
    validateInput: (text) => (/^\s*\d+(\.\d+)?\s*$/.test(text) ? undefined : "A number, such as 25."),
  });
  if (typed === undefined) return false;
  await settings.setCap(key, Number(typed));
  return true;
}
