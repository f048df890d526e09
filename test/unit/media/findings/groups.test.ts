import assert from "node:assert/strict";
import fc from "fast-check";
import { initialFindings } from "../../../../media/features/findings/findingsState.js";
import { groupsOf } from "../../../../media/features/findings/groups.js";
import { isShown } from "../../../../media/features/findings/shown.js";
import { denseFindings } from "../../../support/denseAudit.js";

const fix = (foreground: string) => ({ ratio: 2, needed: 4.5, foreground, background: "#ffffff" });
const grouping = { sort: "impact" as const, fixes: {} };
const of = (...numbers: number[]) => denseFindings.filter(({ number = 0 }) => numbers.includes(number));

describe("findings as groups", () => {
  it("puts what is alike together: the same colours, else titles that differ in what they quote and count (U24)", () => {
    const [contrast] = groupsOf(of(1, 2, 6, 7), { ...grouping, fixes: { "1.4.3 T1": fix("#aaaaaa") } });
    assert.deepEqual(
      contrast?.problems.map(({ findings }) => findings.map(({ number }) => number)),
      [[1], [2, 6, 7]],
    );
  });

  it("loses and doubles none, whatever the order", () => {
    fc.assert(
      fc.property(
        fc.subarray([...denseFindings]),
        fc.constantFrom("impact" as const, "criterion" as const, "place" as const, "number" as const),
        (some, sort) => {
          const listed = groupsOf(some, { ...grouping, sort }).flatMap(({ problems }) =>
            problems.flatMap(({ findings }) => findings.map(({ key }) => key)),
          );
          assert.deepEqual([...listed].sort(), some.map(({ key }) => key).sort());
        },
      ),
    );
  });

  it("are found by words of title, criterion and number, all of which must be there", () => {
    const found = (text: string) =>
      denseFindings
        .filter((finding) => isShown(finding, { ...initialFindings, text }))
        .map(({ number }) => number);
    assert.deepEqual(found("status 17:"), [17]);
    assert.deepEqual(found("#40"), [40]);
    assert.deepEqual(found("2.5.8 back office"), []);
  });
});
