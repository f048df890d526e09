import assert from "node:assert/strict";
import { latinOf } from "../../../src/text/latin.js";

describe("a text in Latin letters", () => {
  it("has no accents, and spells out what has no plain letter", () => {
    assert.equal(latinOf("Größe, Øre, Łódź, naïve, ﬁle"), "Grosse, Ore, Lodz, naive, file");
  });

  it("is what readers of Cyrillic and Greek would write", () => {
    assert.equal(latinOf("Заказ получен, Щука"), "Zakaz poluchen, Shchuka");
    assert.equal(latinOf("Παραγγελία"), "Paraggelia");
  });

  it("keeps what it has no letters for", () => {
    assert.equal(latinOf("注文 → OK"), "注文 → OK");
  });
});
