import type { PreparedPicture } from "../image/prepared.js";
import type { Measurement } from "../measure/measurement.js";
import type { Compared, CompareRequest } from "../measure/process/compareMessages.js";
import type { Inspection, Prepared, PrepareRequest } from "../measure/process/messages.js";
import type { Effort } from "../providers/effort.js";
import type { PriceList } from "../providers/prices.js";
import type { Provider } from "../providers/provider.js";
import type { Asker, Wait } from "../providers/question.js";
import type { Usage } from "../providers/usage.js";
import type { Finding } from "../report.js";
import type { LabelledPictures } from "../sources/picture.js";
import type { Cache } from "../store/answers.js";
import type { BatchStore } from "../store/batches/batchStore.js";
import type { CommandBudget } from "../store/ledger/budget.js";
import type { Ledger } from "../store/ledger/ledger.js";
import type { Redaction } from "../store/redaction.js";
import type { AskSettings } from "../store/runs/askSettings.js";
import type { RunResult } from "../store/runs/runResult.js";
import type { Verdict } from "../workflows/diagram/mermaidParser.js";
import type { Conformity, Parameters, Workflow } from "../workflows/workflow.js";
import type { Estimate } from "./estimate.js";

/** How a person wants pictures to be asked about. */
export interface RunSettings {
  model: string;
  effort: Effort;
  redaction: Redaction;
  measuring: Omit<Inspection, "coverSecrets" | "needs">;
  /** What the workflow is told beyond the pictures. */
  parameters?: Parameters;
}

/** A workflow to be run on pictures. */
export interface RunRequest {
  workflow: Workflow;
  pictures: LabelledPictures;
  settings: RunSettings;
  /** Measures alone, and asks nobody. */
  offline: boolean;
  /** Asks anew, even when the answer is known. */
  again?: boolean;
  /** The answer must be known, to exactly this question: nothing is asked. */
  cachedAs?: AskSettings;
  /** Whether the prepared pictures are wanted, even when nothing has to be prepared. */
  needsPicture?: boolean;
  /** What most likely costs more is confirmed. US$. */
  confirmAbove?: number;
  /** Of the command that this run belongs to. */
  commandBudget?: CommandBudget;
}

/** What is sent: the pictures with their secrets covered, as they are, or nothing, and they are measured alone. */
export type Decision = "covered" | "uncovered" | "nothing";

/** What a person should decide before pictures are sent. */
export interface ConsentRequest {
  /** To be covered or sent as they are; empty when that is settled. */
  secrets: Measurement["secrets"];
  quality: Measurement["quality"];
  /** The share of lines that could not be read, where that is so large that secrets in them may be sent. */
  illegible: number | undefined;
  /** What it most likely costs, where that is more than is spent unasked. */
  aboveThreshold: Estimate | undefined;
  /** The model, where its price is not known, so that no budget holds. */
  unpricedModel: string | undefined;
}

/** What a run tells while it goes on. */
export type RunEvent =
  | { type: "preparing" }
  | { type: "prepared"; picture: PreparedPicture }
  | { type: "measured"; measurement: Measurement }
  /** What is known without asking, before anyone is asked; only of workflows that tell something so. */
  | { type: "known"; result: RunResult }
  | { type: "asking"; estimate: Estimate }
  | { type: "findings"; findings: Finding[] }
  | { type: "waiting"; wait: Wait }
  /** US$; undefined when the model's price is not known. */
  | { type: "billed"; usage: Usage; cost: number | undefined; requestId: string | undefined };

/** Who starts a run, while it goes on. */
export interface RunHandlers {
  signal: AbortSignal;
  onEvent?: ((event: RunEvent) => void) | undefined;
  /**
   * Asks the person, before anything is sent, about pictures that hold secrets or are hard to read, and about a high
   * or unknown price. Without, secrets are covered and the pictures are sent, unless their price is not known.
   *
   * @throws CancelledError when they are not to be sent
   */
  confirm?: ((request: ConsentRequest) => Promise<Decision>) | undefined;
}

/** What is known of a provider without asking it. */
export type ProviderFacts = Pick<Provider, "id" | "takesEffort" | "limitsFor" | "smallestLimits">;

/** What runs need of the world. */
export interface RunDependencies {
  prepare(request: PrepareRequest, signal: AbortSignal): Promise<Prepared>;
  compareFiles(request: CompareRequest, signal: AbortSignal): Promise<Compared>;
  provider: ProviderFacts;
  /** Absent when there is no key. */
  ask: Asker | undefined;
  cache: Cache;
  batches: Pick<BatchStore, "isPending">;
  ledger: Ledger;
  prices(): PriceList;
  /** Mermaid's own word on a text. */
  checkMermaid(text: string): Promise<Verdict>;
  /** What in data does not conform to a person's schema, a sentence each. */
  checkSchema(conformity: Conformity): Promise<string[]>;
  /** Milliseconds since some fixed time. */
  now(): number;
}
