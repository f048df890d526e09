import { type Uri, window } from "vscode";
import { CancelledError, UserError } from "../../errors.js";
import { allVisualTokens } from "../../image/prepared.js";
import type { WorkflowId } from "../../report.js";
import { questionAbout } from "../../run/ask.js";
import { estimate } from "../../run/estimate.js";
import { needsKey } from "../../run/evaluate.js";
import { prepareAndMeasure } from "../../run/prepare.js";
import { dollars } from "../../text/dollars.js";
import { workflowOf, workflows } from "../../workflows/index.js";
import { inert } from "../notify.js";
import { withProgress } from "../panel/progress.js";
import { askSettingsOf } from "../panel/runSubject.js";
import { picturesOf, subjectAt } from "../panel/subjects.js";
import type { Services } from "../services.js";
import { settings } from "../settings.js";
import { chosenPictures } from "../ways-in/pictures.js";

/** Counts the tokens of the pictures that a command is meant for, with a workflow that the person chooses. */
export async function chooseAndCount(clicked: unknown, selected: unknown, services: Services): Promise<void> {
  const uris = await chosenPictures(clicked, selected);
  const items = Object.values(workflows).map(({ id, title }) => ({ label: title, id }));
  const chosen = await window.showQuickPick(items, { title: "Count Tokens For" });
  if (chosen) await countPictures(chosen.id, uris, services);
}

/**
 * Asks the API for the exact number of tokens of each picture's question, which costs nothing, and says it.
 *
 * @throws UserError when there is no key, or the API fails
 * @throws CancelledError when the person cancels
 */
export async function countPictures(
  id: WorkflowId,
  uris: readonly Uri[],
  { app, keys, dependencies, ledger }: Services,
): Promise<void> {
  const workflow = workflowOf(id);
  const connection = await keys.known();
  if (!connection) throw needsKey("Count Tokens");
  const { countTokens } = await app.provider.connect(connection);
  if (!countTokens)
    throw new UserError({
      code: "wrongInput",
      problem: "This provider does not count tokens.",
      advice: "Look at the estimate.",
    });
  const deps = await dependencies(undefined);
  const { model } = settings.asking(id);
  const recentUsage = await ledger.recentUsage(id, model);
  const sums = { tokens: 0, cost: 0 };
  await withProgress("Counting tokens", async (signal, say) => {
    for (const [index, uri] of uris.entries()) {
      say(`${index + 1} of ${uris.length}`);
      const subject = await subjectAt(id, uri);
      const asked = await askSettingsOf(subject, { app });
      const context = { workflow, pictures: picturesOf(subject), signal, onEvent: () => undefined, deps };
      const prepared = await prepareAndMeasure(context, asked);
      const question = questionAbout(workflow, asked, prepared);
      const tokens = await countTokens(question, signal);
      const visualTokens = allVisualTokens(prepared[0].prepared);
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
