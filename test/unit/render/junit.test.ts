import assert from "node:assert/strict";
import { validateXML } from "xmllint-wasm";
import { summaryToJunit } from "../../../src/render/junit.js";
import { overviewOf, type PictureOutcome, slim } from "../../../src/render/overview.js";
import type { Finding, Report } from "../../../src/report.js";
import { loneReport } from "../../../src/workflows/compare/lone.js";

const hostile = `</failure>]]>"'&<b>\u0000\ufffe`;
const changed = (substance: Finding["substance"]): Report => {
  const report = loneReport(hostile, "added");
  return { ...report, findings: report.findings.map((finding) => ({ ...finding, substance })) };
};
const outcome = (path: string, over: Partial<PictureOutcome>): PictureOutcome => ({
  path,
  sha256: "",
  state: "done",
  ...over,
});

describe("JUnit XML", () => {
  const xml = summaryToJunit(
    overviewOf("compare", [
      outcome("shots/a.png", { report: slim(changed("substantive")) }),
      outcome("shots/b.png", { report: slim(changed("cosmetic")) }),
      outcome("shots/c.png", { report: slim({ ...changed("cosmetic"), findings: [] }) }),
      outcome("d.png", { state: "failed", reason: hostile }),
      outcome("e.png", { state: "cancelled" }),
    ]),
  );

  it("is XML, whatever stands in the pictures", async () => {
    const { valid, errors } = await validateXML({
      xml: { fileName: "junit.xml", contents: xml },
      schema: [
        {
          fileName: "any.xsd",
          contents: `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="testsuites"><xs:complexType><xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/></xs:sequence><xs:anyAttribute processContents="skip"/></xs:complexType></xs:element></xs:schema>`,
        },
      ],
    });
    assert.ok(valid, errors.map(({ message }) => message).join("\n"));
  });

  it("fails for what is substantive, and not for what is cosmetic", () => {
    assert.match(xml, /<testsuites [^>]*tests="5" failures="1" errors="1">/);
    assert.match(xml, /skipped="1"/);
    const cases = xml.split("<testcase").slice(1);
    assert.match(cases[0] ?? "", /name="shots\/a\.png">\s*<failure message="1 substantive change"/);
    assert.match(cases[1] ?? "", /name="shots\/b\.png">\s*<system-out>cosmetic: /);
    assert.match(cases[2] ?? "", /name="shots\/c\.png"\/>/);
    assert.match(cases[3] ?? "", /<error /);
    assert.match(cases[4] ?? "", /<skipped\/>/);
  });
});
