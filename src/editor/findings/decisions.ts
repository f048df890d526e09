import type { Memento } from "vscode";
import { z } from "zod";
import type { Finding } from "../../report.js";

const storageKey = "decisions";
/** Pictures whose decisions are kept; older ones make room. */
const mostPictures = 500;

type Decision = NonNullable<Finding["decision"]>;

/** By the picture's SHA-256, then by the finding's key. */
const Decisions = z.record(z.string(), z.record(z.string(), z.enum(["accepted", "dismissed"]))).catch({});

/** What people decided about findings, kept with the workspace, so that the next run does not ask again. */
export class FindingDecisions {
  constructor(private readonly storage: Memento) {}

  /** The findings with what was decided about them. */
  apply(sha256: string, findings: readonly Finding[]): Finding[] {
    const decided = this.all()[sha256] ?? {};
    return findings.map((finding) => {
      const decision = decided[finding.key];
      return decision ? { ...finding, decision } : finding;
    });
  }

  /** @param decision undefined to open the finding again */
  async decide(sha256: string, key: string, decision: Decision | undefined): Promise<void> {
    const { [sha256]: before = {}, ...others } = this.all();
    const { [key]: _, ...rest } = before;
    const now = decision ? { ...rest, [key]: decision } : rest;
    const kept = Object.entries(others).slice(-(mostPictures - 1));
    await this.storage.update(storageKey, Object.fromEntries([...kept, [sha256, now]]));
  }

  private all(): z.infer<typeof Decisions> {
    return Decisions.parse(this.storage.get(storageKey));
  }
}
