import { z } from "zod";
import { Dismissal } from "../report.js";
import { Journal } from "./journal.js";
import type { Storage } from "./storage.js";

/** What a person decided about one finding: nothing of it, when they took it back. */
export const Decided = z.object({
  decision: z.enum(["accepted", "dismissed"]).optional(),
  dismissal: Dismissal.optional(),
  comment: z.string().max(2000).optional(),
});
export type Decided = z.infer<typeof Decided>;

/** Which finding it is about. */
export const FindingPlace = z.object({
  /** The picture's id. */
  picture: z.string(),
  /** Where the picture lies, as a URI: the next picture there shows the same screen. Absent for a pasted one. */
  screen: z.string().optional(),
  /** The finding's, among those of the picture. */
  key: z.string(),
  /** The problem's hash, among those of the screen. */
  problem: z.string(),
});
export type FindingPlace = z.infer<typeof FindingPlace>;

const Line = FindingPlace.extend(Decided.shape);
type Line = z.infer<typeof Line>;

/** What people decided about findings, shared by all windows. What was decided last counts. */
export class DecisionStore {
  private readonly journal: Journal<Line>;
  private readonly byPicture = new Map<string, Decided>();
  private readonly byScreen = new Map<string, Decided>();

  constructor(private readonly storage: Storage) {
    this.journal = new Journal(storage.path("decisions", "decisions.jsonl"), Line);
  }

  /** Reads what was decided since, in this window or another. */
  async refresh(): Promise<void> {
    const forget = () => {
      this.byPicture.clear();
      this.byScreen.clear();
    };
    for (const line of await this.storage.tryOr(() => this.journal.readNew(forget), [])) this.take(line);
  }

  /** What was decided about a finding: of this picture, else about the same problem of the screen's earlier picture. */
  find({ picture, screen, key, problem }: FindingPlace): Decided {
    const known = this.byPicture.get(nameOf(picture, key));
    return known ?? (screen === undefined ? undefined : this.byScreen.get(nameOf(screen, problem))) ?? {};
  }

  /** Decides about findings, one after the other. Counts at once, and is kept when the promise resolves. */
  async decide(decisions: ReadonlyArray<FindingPlace & Decided>): Promise<void> {
    for (const line of decisions) this.take(line);
    await this.storage.tryOr(() => this.journal.append(decisions), undefined);
  }

  private take({ picture, screen, key, problem, decision, dismissal, comment }: Line): void {
    const decided: Decided = {
      ...(decision ? { decision } : {}),
      ...(dismissal ? { dismissal } : {}),
      ...(comment ? { comment } : {}),
    };
    this.byPicture.set(nameOf(picture, key), decided);
    if (screen !== undefined) this.byScreen.set(nameOf(screen, problem), decided);
  }
}

const nameOf = (...parts: string[]): string => parts.join("\n");
