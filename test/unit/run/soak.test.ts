import assert from "node:assert/strict";
import { complaints, soak } from "../../soak/soak.js";

describe("two hundred pictures, forty of them different, with every fault that the API knows", () => {
  it("end in one state each, asked once, booked to the token, with nothing left open", async () => {
    // The test's own timer begins now, and is not what was left open.
    await new Promise((resolve) => setImmediate(resolve));
    const result = await soak({ pictures: 200, distinct: 40 });
    assert.deepEqual(complaints(result), []);
    assert.ok(result.faults >= 13, `${result.faults} faults were met`);
    assert.ok(result.states.done + result.states.review > 150, JSON.stringify(result.states));
  });
});
