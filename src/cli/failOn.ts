import { type Finding, impacts } from "../report.js";

/** What `--fail-on` takes: an impact, or, of changes, which of them. */
export const failOns = [...impacts, "substantive", "any", "none"] as const;
export type FailOn = (typeof failOns)[number];

const ofChanges: readonly FailOn[] = ["substantive", "any", "none"];

/** Whether a choice is one about changes; the others are about findings. */
export const isAboutChanges = (failOn: FailOn): boolean => ofChanges.includes(failOn);

/** Whether a finding makes a command fail. */
export function fails({ impact, substance }: Finding, failOn: FailOn | undefined): boolean {
  switch (failOn) {
    case undefined:
    case "none":
      return false;
    case "any":
      return true;
    case "substantive":
      return substance === "substantive";
    default:
      return impacts.indexOf(impact) <= impacts.indexOf(failOn);
  }
}
