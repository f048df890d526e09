import type { View } from "../../src/protocol/panel.js";
import { standing } from "../../src/report.js";

type Done = Extract<View, { state: "done" }>;

/**
 * What a screen reader is told when something else is shown: how far a run is, and what came of it. Undefined when that
 * is nothing new. What went wrong is told where it is said.
 */
export function announcementOf(before: View | undefined, now: View): string | undefined {
  const [was, is] = [phaseOf(before), phaseOf(now)];
  if (was === is) return undefined;
  if (is === "done" && now.state === "done") return `Finished: ${countWords(now)}`;
  if (is === "known" && now.state === "done") return `Measured: ${countWords(now)}`;
  return undefined;
}

function phaseOf(view: View | undefined): string {
  if (view?.state !== "done") return view?.state ?? "";
  return view.over ? (view.over.state === "loading" ? "known" : view.over.state) : "done";
}

function countWords({ report }: Done): string {
  if (report.findings.length === 0) return report.title;
  const count = standing(report.findings).length;
  return count === 1 ? "1 finding" : `${count} findings`;
}
