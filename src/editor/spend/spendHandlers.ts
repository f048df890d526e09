import type { Features } from "../features.js";
import type { EditorCommand } from "../manifest/commands.js";
import type { Handler } from "../registerCommands.js";
import { requireTrust } from "../trust.js";

/** The commands about what was spent and what would be. */
export function spendHandlers(features: () => Promise<Features>) {
  return {
    showSpend: async () => (await features()).spend.show(),
    raiseBudget: async (budget: unknown) => {
      const { raiseBudget } = await import("./budget.js");
      return raiseBudget(budget === "budget.command" ? budget : "budget.daily");
    },
    countTokens: async (clicked: unknown, selected: unknown) => {
      requireTrust();
      const { chooseAndCount } = await import("../tables/countPictures.js");
      await chooseAndCount(clicked, selected, (await features()).services);
    },
  } satisfies Partial<Record<EditorCommand, Handler>>;
}
