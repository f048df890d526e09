import assert from "node:assert/strict";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { fromAddress } from "../../../src/editor/panel/fromAddress.js";
import { ResultPanels } from "../../../src/editor/panel/resultPanels.js";
import { settings } from "../../../src/editor/settings.js";
import { CancelledError } from "../../../src/errors.js";
import { becomes } from "../../support/becomes.js";
import { auditAnswer } from "../../support/cannedAnswers.js";
import { numbered } from "../../support/dependencies.js";
import { testServices } from "../../support/editorServices.js";
import { refused } from "../../support/expect.js";
import { selfSigned } from "../../support/selfSigned.js";
import { standIn } from "../../support/vscodeStandIn.js";

describe("a picture at an address", () => {
  const { cert, key } = selfSigned();
  let host: string;
  let picture: Uint8Array;
  let close: () => void;
  before(async () => {
    picture = await numbered(1);
    const server = createServer({ cert, key }, (_, response) => response.end(picture));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    host = `localhost:${(server.address() as AddressInfo).port}`;
    close = () => server.close();
  });
  after(() => close());

  it("is fetched from a host that the person's own settings name, and opens in a panel", async () => {
    const services = await testServices({ ask: async () => auditAnswer });
    const features = { services, results: new ResultPanels(services) };
    standIn.settings.set("screenshotWorkbench.addresses.allowed", [host]);
    assert.deepEqual(settings.allowedHosts(), [host]);
    standIn.answers.push(` https://${host}/shots/a.png?token=1 `, "Audit Accessibility");
    await fromAddress(features, { ca: cert });
    assert.equal(standIn.panels[0]?.title, "a.png — Audit Accessibility");
    assert.deepEqual(standIn.said.slice(0, 2), ["From Address", "What to Do with a.png"]);
    await becomes(async () => (await features.services.history.list()).length, 1);
  });

  it("is not fetched from one's own machine unasked, nor when the question is dismissed", async () => {
    const services = await testServices({ ask: async () => auditAnswer });
    const features = { services, results: new ResultPanels(services) };
    standIn.answers.push(`https://${host}/a.png`);
    await refused(() => fromAddress(features, { ca: cert }), /leads to this machine/);
    await assert.rejects(fromAddress(features, { ca: cert }), CancelledError);
    assert.equal(standIn.panels.length, 0);
  });
});
