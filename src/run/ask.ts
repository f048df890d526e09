import { imagesOf as allImagesOf, allVisualTokens } from "../image/prepared.js";
import { costOf } from "../providers/prices.js";
import type { Answer, FollowUp, Question, QuestionImage } from "../providers/question.js";
import type { AskSettings } from "../store/runs/askSettings.js";
import type { ModelResponse } from "../store/runs/runResult.js";
import type { Workflow } from "../workflows/workflow.js";
import type { AskContext } from "./context.js";
import { estimate } from "./estimate.js";
import { needsKey } from "./evaluate.js";
import type { PreparedRunPicture, PreparedRunPictures } from "./prepare.js";
import { withoutSecrets } from "./withoutSecrets.js";

/** What a question goes on from, and what becomes of its answer. */
export interface Conversation {
  /** What was answered and asked before. */
  since?: readonly FollowUp[];
  /** Is given the answer as soon as it is there. */
  keep?: (response: ModelResponse) => Promise<void>;
}

/** What has arrived is looked through again when so much of it is new: a thirtieth. */
const leastShare = 30;

/**
 * Asks a workflow's question about prepared pictures.
 *
 * @throws OversizedImageError, TooLargeRequestError when they must be made smaller
 */
export async function askAbout(
  { workflow, deps, signal, onEvent, commandBudget }: AskContext,
  settings: AskSettings,
  pictures: PreparedRunPictures,
  { since = [], keep }: Conversation = {},
): Promise<ModelResponse> {
  const { ask, ledger, prices } = deps;
  if (!ask) throw needsKey(workflow.title);
  const { model } = settings;
  const question = questionAbout(workflow, settings, pictures, since);
  const shownSince = since.flatMap(({ images = [] }) => images);
  const visualTokens =
    pictures.reduce((sum, { prepared }) => sum + allVisualTokens(prepared), 0) +
    shownSince.reduce((sum, image) => sum + image.visualTokens, 0);
  const isCovered =
    settings.redaction === "covered" && pictures.every(({ measurement }) => measurement.covered);
  const cover = <T>(answer: T) => withoutSecrets(answer, isCovered);
  const recentUsage = await ledger.recentUsage(workflow.id, model);
  onEvent({
    type: "asking",
    estimate: estimate(workflow, visualTokens, {
      model,
      prices: prices(),
      recentUsage,
      question: question.text,
    }),
  });
  let shown = 0;
  const responseOf = ({ value, usage, requestId }: Answer<unknown>): ModelResponse => {
    return { answer: cover(value), model, usage, cost: costOf(prices(), model, usage), requestId };
  };
  const answer = await ask(question, {
    signal,
    onAnswer: keep && ((arrived) => keep(responseOf(arrived))),
    recorder: ledger.recorder({ workflow: workflow.id, model, visualTokens }, commandBudget),
    onText: (soFar) => {
      // Only a closing brace can complete a finding. Each look goes through all of it: the longer it is, the rarer.
      const fresh = soFar.length - shown;
      if (fresh < soFar.length / leastShare) return;
      if (!soFar.endsWith("}") && !soFar.endsWith("]") && fresh < 500) return;
      shown = soFar.length;
      const findings = cover(workflow.provisional(soFar, pictures));
      if (findings.length > 0) onEvent({ type: "findings", findings });
    },
    onWait: (wait) => onEvent({ type: "waiting", wait }),
    onBilled: ({ usage, requestId }) =>
      onEvent({ type: "billed", usage, cost: costOf(prices(), model, usage), requestId }),
  });
  return responseOf(answer);
}

/** A workflow's question about prepared pictures. */
export function questionAbout(
  workflow: Workflow,
  { model, effort, parameters }: AskSettings,
  pictures: PreparedRunPictures,
  since: readonly FollowUp[] = [],
): Question<unknown> {
  return {
    model,
    effort,
    maxTokens: workflow.maxTokens,
    system: workflow.systemPrompt,
    schema: workflow.schema,
    images: pictures.flatMap(imagesOf),
    text: workflow.question(pictures, parameters),
    continues: workflow.refinement !== undefined,
    since,
  };
}

function imagesOf({ label, prepared }: PreparedRunPicture): QuestionImage[] {
  const count = prepared.parts.length;
  return allImagesOf(prepared).map(({ bytes, mediaType, visualTokens }, index) => {
    const part = count === 1 ? [] : [index < count ? `part ${index + 1} of ${count}` : "overview"];
    const words = [...(label === "" ? [] : [label]), ...part];
    return { bytes, mediaType, visualTokens, label: words.length === 0 ? undefined : words.join(", ") };
  });
}
