import { commands } from "vscode";
import { workflowCommandId } from "../contributions.js";
import type { Keys } from "../keys/keys.js";
import type { OwnSteps } from "../notify.js";
import type { BudgetKey } from "../settings.js";
import { pickPictures } from "../ways-in/pictures.js";
import type { RunController } from "./runController.js";

/** The next steps that only a panel can take: they run its workflow again in one way or another. */
export function panelSteps(runs: RunController, workflow: string, keys: Keys): OwnSteps {
  const raiseAndStart = async (budget: BudgetKey) => {
    const { raiseBudget } = await import("../spend/budget.js");
    if (await raiseBudget(budget)) await runs.start();
  };
  return {
    runAgain: () => runs.runAgain(),
    raiseDailyBudget: () => raiseAndStart("budget.daily"),
    raiseCommandBudget: () => raiseAndStart("budget.command"),
    setKey: async () => {
      await keys.ask();
      await runs.start({ offline: false });
    },
    askClaude: () => runs.start({ offline: false }),
    runOffline: () => runs.start({ offline: true }),
    chooseAnotherPicture: async () => {
      const uris = await pickPictures();
      await commands.executeCommand(workflowCommandId(workflow), uris[0], uris);
    },
  };
}
