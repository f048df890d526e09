import { z } from "zod";
import { noUsage, Usage } from "../../providers/usage.js";
import { Report, type WorkflowId } from "../../report.js";
import { Journal } from "../journal.js";

/** A request is written down before it leaves, and again when it is known what became of it. */
const Sent = z.object({
  type: z.literal("sent"),
  id: z.string(),
  /** ISO 8601. */
  time: z.string(),
  workflow: Report.shape.workflow,
  model: z.string(),
  visualTokens: z.number().nonnegative(),
  inBatch: z.boolean(),
  /** US$ at most; absent when the model's price is not known. */
  atMost: z.number().nonnegative().optional(),
});
const Line = z.discriminatedUnion("type", [
  Sent,
  z.object({
    type: z.literal("billed"),
    id: z.string(),
    usage: Usage,
    cost: z.number().nonnegative().optional(),
    requestId: z.string().optional(),
    /** Absent when the answer broke off: it was billed at least this. */
    whole: z.boolean(),
  }),
  z.object({ type: z.literal("unbilled"), id: z.string() }),
]);
export type LedgerLine = z.infer<typeof Line>;

/** A request, and what is known of its price. */
export interface Entry extends Omit<z.infer<typeof Sent>, "type"> {
  usage: Usage;
  /** US$, so far as it is known. */
  cost: number;
  /** Whether that is all. Else it may be up to `atMost`. */
  settled: boolean;
}

/** What the requests of one workflow to one model were like, of late. */
interface Recent {
  /** Of the latest that was answered at once. Milliseconds since 1970. */
  lastAsked: number;
  /** Tokens of the latest answers. */
  outputs: number[];
}

/** So many answers tell how long the next one will be. */
const lateAnswers = 20;

/** One day's requests. */
export class LedgerDay {
  readonly entries = new Map<string, Entry>();
  private readonly recents = new Map<string, Recent>();
  readonly journal: Journal<LedgerLine>;
  spent = 0;
  /** What requests without a known price may still cost. */
  open = 0;

  constructor(file: string) {
    this.journal = new Journal(file, Line);
  }

  async refresh(): Promise<this> {
    const deleted = () => {
      this.entries.clear();
      this.recents.clear();
      [this.spent, this.open] = [0, 0];
    };
    for (const line of await this.journal.readNew(deleted)) this.apply(line);
    return this;
  }

  /** Twice the same changes nothing. */
  apply(line: LedgerLine): void {
    const known = this.entries.get(line.id);
    if (line.type === "sent") {
      if (known) return;
      const { type: _, ...sent } = line;
      this.entries.set(line.id, { ...sent, usage: noUsage, cost: 0, settled: false });
      this.open += line.atMost ?? 0;
      return;
    }
    if (!known || known.settled || known.cost > 0) return;
    const cost = line.type === "billed" ? (line.cost ?? 0) : 0;
    const settled = line.type === "unbilled" || line.whole;
    this.open -= settled ? (known.atMost ?? 0) : cost;
    this.spent += cost;
    if (line.type === "unbilled") {
      this.entries.delete(line.id);
      return;
    }
    const entry = { ...known, usage: line.usage, cost, settled };
    this.entries.set(line.id, entry);
    if (settled) this.learn(entry);
  }

  /** What the requests of a workflow to a model were like, of late. */
  recent(workflow: WorkflowId, model: string): Readonly<Recent> {
    return this.recents.get(`${workflow} ${model}`) ?? { lastAsked: 0, outputs: [] };
  }

  /** Kept up with each request: looking at all of them for each would take longer and longer. */
  private learn({ workflow, model, time, inBatch, usage }: Entry): void {
    const { lastAsked, outputs } = this.recent(workflow, model);
    this.recents.set(`${workflow} ${model}`, {
      lastAsked: inBatch ? lastAsked : Math.max(lastAsked, Date.parse(time)),
      outputs: [...outputs, usage.output].slice(-lateAnswers),
    });
  }
}
