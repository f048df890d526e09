import { allVisualTokens, type PreparedPicture } from "../image/prepared.js";
import type { Measurement } from "../measure/measurement.js";
import type { Answer } from "../providers/anthropic/ask.js";
import type { Effort } from "../providers/anthropic/effort.js";
import { costOf } from "../providers/anthropic/prices.js";
import type { FollowUp, Question, QuestionImage } from "../providers/anthropic/request.js";
import type { Wait } from "../providers/anthropic/retry.js";
import type { Usage } from "../providers/anthropic/usage.js";
import type { Finding } from "../report.js";
import type { CommandBudget } from "../store/ledger/budget.js";
import type { Redaction } from "../store/redaction.js";
import type { ModelResponse } from "../store/runs/runResult.js";
import type { Workflow } from "../workflows/workflow.js";
import { type Estimate, estimate } from "./estimate.js";
import type { AskingDependencies } from "./runner.js";
import { withoutSecrets } from "./withoutSecrets.js";

/** What a run tells while it goes on. */
export type RunEvent =
  | { type: "preparing" }
  | { type: "prepared"; picture: PreparedPicture }
  | { type: "measured"; measurement: Measurement }
  | { type: "asking"; estimate: Estimate }
  | { type: "findings"; findings: Finding[] }
  | { type: "waiting"; wait: Wait }
  /** US$; undefined when the model's price is not known. */
  | { type: "billed"; usage: Usage; cost: number | undefined; requestId: string | undefined };

/** What a question differs in from another about the same picture. */
export interface AskingOptions {
  model: string;
  effort: Effort;
  redaction: Redaction;
  signal: AbortSignal;
  onEvent?: ((event: RunEvent) => void) | undefined;
  /** Of the command that this run belongs to. */
  commandBudget?: CommandBudget | undefined;
}

/** What a question goes on from, and what becomes of its answer. */
export interface Conversation {
  /** What was answered and asked before. */
  since?: readonly FollowUp[];
  /** Is given the answer as soon as it is there. */
  keep?: (asked: ModelResponse) => Promise<void>;
}

/** Asks a workflow's question about a prepared picture. */
export async function askAbout(
  workflow: Workflow,
  seen: { picture: PreparedPicture; measurement: Measurement },
  options: AskingOptions,
  { ask, ledger, prices }: Pick<AskingDependencies, "ask" | "ledger" | "prices">,
  { since = [], keep }: Conversation = {},
): Promise<ModelResponse> {
  const { model, signal, onEvent, commandBudget } = options;
  const question = questionAbout(workflow, seen, options, since);
  const visualTokens = allVisualTokens(seen.picture);
  const cover = <T>(answer: T) => withoutSecrets(answer, options.redaction, seen.measurement);
  const recentUsage = await ledger.recentUsage(workflow.id, model);
  onEvent?.({
    type: "asking",
    estimate: estimate(workflow, visualTokens, {
      model,
      prices: prices(),
      recentUsage,
      question: question.text,
    }),
  });
  let shown = 0;
  const askedOf = ({ value, usage, requestId }: Answer<unknown>): ModelResponse => {
    return { answer: cover(value), model, usage, cost: costOf(prices(), model, usage), requestId };
  };
  const answer = await ask(question, {
    signal,
    onAnswer: keep && ((arrived) => keep(askedOf(arrived))),
    recorder: ledger.recorder({ workflow: workflow.id, model, visualTokens }, commandBudget),
    onText: (soFar) => {
      // Only a closing brace can complete a finding; scanning on every letter would be quadratic.
      if (!soFar.endsWith("}") && !soFar.endsWith("]") && soFar.length - shown < 500) return;
      shown = soFar.length;
      const findings = cover(workflow.provisional(soFar, seen));
      if (findings.length > 0) onEvent?.({ type: "findings", findings });
    },
    onWait: (wait) => onEvent?.({ type: "waiting", wait }),
    onBilled: ({ usage, requestId }) =>
      onEvent?.({ type: "billed", usage, cost: costOf(prices(), model, usage), requestId }),
  });
  return askedOf(answer);
}

/** A workflow's question about a prepared picture. */
export function questionAbout(
  workflow: Workflow,
  seen: { picture: PreparedPicture; measurement: Measurement },
  { model, effort }: Pick<AskingOptions, "model" | "effort">,
  since: readonly FollowUp[] = [],
): Question<unknown> {
  const { parts } = seen.picture;
  return {
    model,
    effort,
    maxTokens: workflow.maxTokens,
    system: workflow.systemPrompt,
    schema: workflow.schema,
    images: parts.map(
      ({ bytes, mediaType, visualTokens }, at): QuestionImage => ({
        bytes,
        mediaType,
        visualTokens,
        label: parts.length === 1 ? undefined : `part ${at + 1} of ${parts.length}`,
      }),
    ),
    text: workflow.question(seen),
    continues: workflow.refinement !== undefined,
    since,
  };
}
