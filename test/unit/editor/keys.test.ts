import assert from "node:assert/strict";
import { Keys } from "../../../src/editor/keys/keys.js";
import { ApiDouble, goodKey } from "../../support/apiDouble.js";
import { secretStorage } from "../../support/editorServices.js";
import { standIn } from "../../support/vscodeStandIn.js";

describe("the API key", () => {
  let api: ApiDouble;
  before(async () => {
    api = await new ApiDouble().start();
  });
  after(() => api.stop());
  beforeEach(() => standIn.reset());
  const setAddress = (url: string) => standIn.settings.set("screenshotWorkbench.baseUrl", url);

  it("of the environment is for the API itself, never for a gateway", async () => {
    const keys = new Keys(secretStorage(), { ANTHROPIC_API_KEY: "sk-ant-environment" });
    assert.equal((await keys.known())?.apiKey, "sk-ant-environment");
    setAddress("https://gateway.example");
    assert.equal(await keys.known(), undefined);
  });

  it("is tried, and kept for its own address alone", async () => {
    const keys = new Keys(secretStorage(), {});
    setAddress(api.url);
    standIn.answers.push(`  ${goodKey} `);
    assert.equal(await keys.ask(), goodKey);
    assert.deepEqual(await keys.known(), { apiKey: goodKey, baseUrl: api.url });
    setAddress("https://gateway.example");
    assert.equal(await keys.known(), undefined);
  });

  it("is not kept when the API rejects it, or the person gives none", async () => {
    const keys = new Keys(secretStorage(), {});
    setAddress(api.url);
    standIn.answers.push("sk-ant-wrong-key");
    await assert.rejects(keys.ask(), { code: "keyRejected" });
    await assert.rejects(keys.connection(), { name: "CancelledError" });
    assert.equal(await keys.known(), undefined);
  });

  it("that is removed is gone", async () => {
    const keys = new Keys(secretStorage(), {});
    setAddress(api.url);
    standIn.answers.push(goodKey);
    await keys.ask();
    await keys.remove();
    assert.equal(await keys.known(), undefined);
  });
});
