import assert from "node:assert/strict";
import { DecisionStore, type FindingPlace } from "../../../src/store/decisions.js";
import { freshFolder, storesIn } from "../../support/stores.js";

const place = (more: Partial<FindingPlace> = {}): FindingPlace => ({
  picture: "a".repeat(64),
  screen: "file:///shots/login.png",
  key: "1.4.3 T1",
  problem: "p1",
  ...more,
});

describe("decisions about findings", () => {
  it("are kept, and another window sees them", async () => {
    const { storage } = storesIn(await freshFolder());
    await new DecisionStore(storage).decide([
      { ...place(), decision: "dismissed", dismissal: "logo", comment: "Our old logo" },
    ]);
    const other = new DecisionStore(storage);
    await other.refresh();
    assert.deepEqual(other.find(place()), {
      decision: "dismissed",
      dismissal: "logo",
      comment: "Our old logo",
    });
    assert.deepEqual(other.find(place({ key: "1.4.3 T2", problem: "p2" })), {});
  });

  it("hold for the same problem of the next picture of that screen, and of no other screen", async () => {
    const store = new DecisionStore(storesIn(await freshFolder()).storage);
    await store.decide([{ ...place(), decision: "dismissed", dismissal: "known" }]);
    const next = { picture: "b".repeat(64), key: "1.4.3 T4" };
    assert.equal(store.find(place(next)).decision, "dismissed");
    assert.deepEqual(store.find(place({ ...next, problem: "p2" })), {});
    assert.deepEqual(store.find(place({ ...next, screen: "file:///shots/other.png" })), {});
    const { screen: _, ...pasted } = place(next);
    assert.deepEqual(store.find(pasted), {});
  });

  it("are open again when they are taken back, whatever was decided of an earlier picture", async () => {
    const { storage } = storesIn(await freshFolder());
    const store = new DecisionStore(storage);
    await store.decide([{ ...place({ picture: "b".repeat(64) }), decision: "accepted" }]);
    await store.decide([place()]);
    assert.deepEqual(store.find(place()), {});
    const other = new DecisionStore(storage);
    await other.refresh();
    assert.deepEqual(other.find(place()), {});
  });
});
