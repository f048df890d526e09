import assert from "node:assert/strict";
import fc from "fast-check";
import { coverSecrets, findSecrets, passesLuhn } from "../../../src/measure/secrets.js";

const kindsIn = (text: string) => findSecrets(text).map(({ kind }) => kind);

describe("secrets in a text", () => {
  for (const [text, kind] of [
    ["Write to ada.lovelace+test@mail.example.org today", "email"],
    ["ada© example.com", "email"],
    ["Call +49 30 901820 or", "phone"],
    ["(555) 123-4567", "phone"],
    ["555-123-4567", "phone"],
    ["Tel. 020 7946 0958", "phone"],
    ["01 42 68 53 00", "phone"],
    ["4111 1111 1111 1111", "card"],
    ["4lll 1111 1111 1111", "card"],
    ["3782 822463 10005", "card"],
    ["5500-0000-0000-0004", "card"],
    ["DE89 3704 0044 0532 0130 00", "iban"],
    ["GB29NWBK60161331926819", "iban"],
    ["SSN 078-05-1120", "ssn"],
    ["sk-ant-api03-Zx81kQpL0vNw29", "key"],
    ["ghp_16C7e42F292c6912E7710c838347Ae178B4a", "key"],
    ["AKIAIOSFODNN7EXAMPLE", "key"],
    ["AKlAIOSFODNN7EXAMPLE", "key"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3", "key"],
    ["token: 9f8Kq27ZpLx03VbnRt51Wc", "key"],
    ["-----BEGIN RSA PRIVATE KEY-----", "key"],
    ["aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "key"],
    ["wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLE7KE", "key"],
    ["MIIEpAIBAAKCAQEA3Tz2mr7SZiAMfQyuvBjM9Oi8Lk2nDz0pXw5vYb1cQe7RtU9s", "key"],
    // J read as a bracket, a zero with a stroke as what has a ring.
    ["Saved /Pk3EhJR7n4169iR8e)sWJJA20]+jQxk7GxNeVVv", "key"],
    ["Key sk-ant-api®3-WNUS6oLzvsIfLYFCyVDtgBUg", "key"],
    ["٤١١١ ١١١١ ١١١١ ١١١١", "card"],
    ["４１１１ １１１１ １１１１ １１１１", "card"],
    ["password: hunter", "password"],
    ["Passwort: Sommer2026!", "password"],
    ["DB_PASSWORD=correct-horse", "password"],
    ["DB PASSWORD=correct-horse", "password"],
    ['"password": "tr0ub4dor"', "password"],
    ["Password tr0ub4dor", "password"],
    ["DB_PASSWORD=kZ 7mQw2LpX9aRt", "password"],
    ["Mot de passe : soleil99", "password"],
    ["API key: 77-ab-19", "password"],
    ["postgres://app:s3cr3t@db.internal/app", "email"],
    ["postgres://app:s3cr3t@localhost/app", "password"],
  ] as const) {
    it(`finds ${text}`, () => assert.deepEqual(kindsIn(text), [kind]));
  }

  for (const text of [
    "Order 10482, placed on 12 November 2026 at 10:45:30",
    "Date 01/26/2026 and 03-13-2026",
    "Version 4.12.3 build 20261112.1",
    "1920 × 1080, 100 %, 2026-11-12",
    "550e8400-e29b-41d4-a716-446655440000",
    "src/workflows/diagram/emit/mermaid/sequence.ts:118",
    "IllegalArgumentException: NullPointerAccess in handler",
    "Total 1.250,00 EUR from 3 invoices",
    "at recordPayment (invoice.ts:214:12)",
    "192.168.10.24 port 8080",
    "Rooms 101 102 103 104 105 on floor 1",
    "the-quick-brown-fox-jumps-over",
    "github.com/owner/repository/issues/12345",
    "Password: ••••••••",
    "Forgot password? Reset it",
    "Your password must have 8 characters",
    "Password: required",
    "Unexpected token: expected a comma",
    "The secret of good code",
    "src/Components/PaymentForm2/PaymentFormHeaderOfInvoices.tsx",
    "passwordless sign-in",
    "recordPayment(invoice)(customer)(account)(period)2026",
    "Straße/Köln/Büro2/Schreibtisch3/SchubladeLinksOben",
  ]) {
    it(`leaves alone: ${text}`, () => assert.deepEqual(kindsIn(text), []));
  }

  it("covers them, and nothing else", () => {
    assert.equal(
      coverSecrets("Mail ada@example.org, card 4111 1111 1111 1111."),
      "Mail [e-mail address], card [payment card number].",
    );
  });

  it("returns ranges in order that do not overlap, for any text", () => {
    const piece = fc.constantFrom(
      "4111 1111 1111 1111",
      "a@b.example",
      " ",
      "x",
      "+49 30 901820",
      "0",
      "@",
      "-",
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join("");
        let end = 0;
        for (const range of findSecrets(text)) {
          assert.ok(range.start >= end && range.end > range.start && range.end <= text.length);
          end = range.end;
        }
      }),
    );
  });

  it("knows Luhn's check digit", () => {
    assert.ok(passesLuhn("4111111111111111") && passesLuhn("378282246310005"));
    assert.ok(!passesLuhn("4111111111111112"));
  });
});
