import type { Evidence, Impact, Standing } from "../../../src/report.js";

export const sorts = ["impact", "criterion", "place", "number"] as const;
export type Sort = (typeof sorts)[number];

export const sortWords: Record<Sort, string> = {
  impact: "Impact",
  criterion: "Criterion",
  place: "Place, top to bottom",
  number: "Number",
};

export const measuredKinds = ["all", "failing", "near", "unmeasured"] as const;
export type MeasuredKind = (typeof measuredKinds)[number];

/** How a person looks at the list of findings. */
export interface FindingsState {
  /** What is filtered out. */
  hidden: {
    impacts: ReadonlySet<Impact>;
    /** By number; “” for display defects. */
    criteria: ReadonlySet<string>;
    evidence: ReadonlySet<Evidence>;
    standings: ReadonlySet<Standing>;
  };
  /** What is searched for. */
  text: string;
  sort: Sort;
  /** Findings of higher numbers came while the list was looked at, and stand below the others until it is sorted. */
  lastOfFirst: number;
  /** Which of all measurements are listed. */
  measured: MeasuredKind;
  /** The groups that are folded. */
  folded: ReadonlySet<string>;
  /** The findings that are selected, by their keys. */
  selected: ReadonlySet<string>;
  /** The finding whose reason to be dismissed is being chosen, or the selection's. */
  dismissing: string | "selection" | undefined;
  /** The finding that is being commented on, with what was typed. */
  commenting: { key: string; text: string } | undefined;
}

export const initialFindings: FindingsState = {
  hidden: { impacts: new Set(), criteria: new Set(), evidence: new Set(), standings: new Set() },
  text: "",
  sort: "impact",
  lastOfFirst: Number.POSITIVE_INFINITY,
  measured: "all",
  folded: new Set(),
  selected: new Set(),
  dismissing: undefined,
  commenting: undefined,
};

/** The set with the element, or without it if it was there. */
export function toggled<T>(set: ReadonlySet<T>, element: T): Set<T> {
  const changed = new Set(set);
  if (!changed.delete(element)) changed.add(element);
  return changed;
}
