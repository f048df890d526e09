import { type Uri, window } from "vscode";
import { CancelledError } from "../../errors.js";
import { allVisualTokens } from "../../image/prepared.js";
import type { WorkflowId } from "../../report.js";
import { questionAbout } from "../../run/ask.js";
import { estimate } from "../../run/estimate.js";
import { needsKey } from "../../run/evaluate.js";
import { look } from "../../run/prepare.js";
import { dollars } from "../../text/dollars.js";
import { workflows } from "../../workflows/index.js";
import { inert } from "../notify.js";
import { withProgress } from "../panel/progress.js";
import { subjectAt } from "../panel/subjects.js";
import type { Services } from "../services.js";
import { settings } from "../settings.js";
import { askingOf } from "./confirmMany.js";

/**
 * Asks the API for the exact number of tokens of each picture's question, which costs nothing, and says it.
 *
 * @throws UserError when there is no key, or the API fails
 * @throws CancelledError when the person cancels
 */
export async function countPictures(
  id: WorkflowId,
  uris: readonly Uri[],
  { keys, dependencies, ledger }: Services,
): Promise<void> {
  const workflow = workflows[id];
  const connection = await keys.known();
  if (!connection) throw needsKey("Count Tokens");
  const { countTokens } = await import("../../providers/anthropic/countTokens.js");
  const asking = askingOf(id);
  const deps = await dependencies(undefined);
  const model = asking.model;
  const recentUsage = await ledger.recentUsage(id, model);
  const sums = { tokens: 0, cost: 0 };
  await withProgress("Counting tokens", async (signal, say) => {
    for (const [at, uri] of uris.entries()) {
      say(`${at + 1} of ${uris.length}`);
      const subject = await subjectAt(id, uri);
      const seen = await look(workflow, subject, asking, { signal }, deps);
      const question = questionAbout(workflow, seen, { model, effort: settings.effort(id) });
      const tokens = await countTokens(connection, question, signal);
      const visualTokens = allVisualTokens(seen.picture);
      const guess = estimate(workflow, visualTokens, {
        model,
        prices: settings.prices(),
        recentUsage,
        question: question.text,
      });
      sums.tokens += tokens;
      sums.cost += guess.cost ?? 0;
      if (signal.aborted) throw new CancelledError();
    }
  });
  const price = settings.prices()[model];
  const input = price ? `${dollars((sums.tokens * price.input) / 1e6)} if none is cached` : "price not known";
  const message = `${workflow.title}: exactly ${sums.tokens.toLocaleString("en")} tokens in, ${input}. With the answers, about ${dollars(sums.cost)} on ${model}.`;
  await window.showInformationMessage(inert(message), { modal: true });
}
