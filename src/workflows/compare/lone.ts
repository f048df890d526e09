import type { Report } from "../../report.js";

/** What is said of two files that are the same to the byte: they are not even opened. */
export const sameReport = (name: string): Report => ({
  ...loneReport(name, "added"),
  title: `What changed in ${name}`,
  summary: "No change.",
  findings: [],
});

/** What is said of a picture that is on one side of a comparison alone: nothing was measured, nobody was asked. */
export function loneReport(name: string, what: "added" | "removed"): Report {
  const isNew = what === "added";
  return {
    workflow: "compare",
    title: `${isNew ? "Added" : "Removed"}: ${name}`,
    summary: isNew ? "The picture is new." : "The picture is gone.",
    findings: [
      {
        key: what,
        title: `${isNew ? "Added" : "Removed"}: the picture ${name}`,
        impact: "serious",
        substance: "substantive",
        where: "the whole picture",
        problem: isNew ? "There is no picture before to compare it with." : "There is no picture after.",
        affected: "",
        fix: "",
        confidence: "high",
        evidence: "measured",
        marks: [],
      },
    ],
    fields: [],
    documents: [],
    texts: [],
    controls: [],
    undecided: [],
    notJudged: [],
    unsure: 0,
    notes: [],
  };
}
