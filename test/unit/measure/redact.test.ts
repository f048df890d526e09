import assert from "node:assert/strict";
import { coverPlaces } from "../../../src/measure/redact.js";
import type { WrittenKind } from "../../../src/measure/secrets.js";
import { baselinesOf, type DrawnText, drawnTexts } from "../../support/drawn.js";
import { endOcr, measured, pixelsOf } from "../../support/measured.js";

/** A generator of pseudo-random numbers from 0 to 1 that gives the same in every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const random = randomFrom(20261121);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const signs = (alphabet: string, length: number) =>
  Array.from({ length }, () => pick([...alphabet])).join("");
const digits = (length: number) => signs("0123456789", length);

function card(): string {
  const start = `${pick(["4", "51", "37", "6011"])}${digits(14)}`.slice(0, 15);
  const sum = [...start].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  const number = start + String((10 - (sum % 10)) % 10);
  return pick([number, number.replace(/(\d{4})(?=\d)/g, "$1 "), number.replace(/(\d{4})(?=\d)/g, "$1-")]);
}

function iban(): string {
  const body = digits(18);
  const check = 98n - (BigInt(`${body}131400`) % 97n);
  const number = `DE${String(check).padStart(2, "0")}${body}`;
  return pick([number, number.replace(/(.{4})(?=.)/g, "$1 ")]);
}

const letters = "abcdefghijklmnopqrstuvwxyz";
const mixed = `${letters}ABCDEFGHJKLMNPQRSTUVWXYZ23456789`;
const secrets: Record<WrittenKind, () => string> = {
  email: () =>
    `${signs(letters, 6)}.${signs(letters, 5)}@${signs(letters, 7)}.${pick(["com", "org", "io", "example"])}`,
  phone: () =>
    pick([
      `+49 ${digits(3)} ${digits(7)}`,
      `(${digits(3)}) ${digits(3)}-${digits(4)}`,
      `+1-${digits(3)}-${digits(3)}-${digits(4)}`,
      `+33 ${digits(1)} ${digits(2)} ${digits(2)} ${digits(2)} ${digits(2)}`,
    ]),
  card,
  iban,
  ssn: () => `${pick(["123", "457", "219"])}-${digits(2)}-${digits(4)}`,
  key: () =>
    pick([
      `sk-ant-api03-${signs(mixed, 24)}`,
      `ghp_${signs(mixed, 36)}`,
      `AKIA${signs("ABCDEFGHJKLMNPQRSTUVWXYZ234567", 16)}`,
      `xoxb-${digits(11)}-${signs(mixed, 20)}`,
      `sk_live_${signs(mixed, 24)}`,
    ]),
  password: () => pick([`password: ${signs(mixed, 12)}`, `DB_PASSWORD=${signs(mixed, 14)}`]),
};
const kinds = Object.keys(secrets) as WrittenKind[];
const before = ["Contact", "Payment with", "Saved value:", "Reference", "Please use", "Entered:"];
const looks: Array<[ink: string, ground: string]> = [
  ["#000000", "#ffffff"],
  ["#57606a", "#f6f8fa"],
  ["#e6edf3", "#0d1117"],
  ["#0969da", "#ffffff"],
  ["#b0b6bd", "#ffffff"],
];

describe("redaction", () => {
  after(endOcr);

  it("finds at least 95% of 300 drawn secrets, and covers every pixel of what it finds", async () => {
    const perPicture = 20;
    const missed: string[] = [];
    const uncovered: string[] = [];
    for (let picture = 0; picture < 15; picture++) {
      const [colour, ground] = looks[picture % looks.length] ?? looks[0] ?? ["#000000", "#ffffff"];
      const size = 12 + (picture % 4) * 2;
      const drawnSecrets = Array.from({ length: perPicture }, (_, index) =>
        secrets[kinds[index % kinds.length] ?? "email"](),
      );
      const lines = drawnSecrets.map(
        (secret): DrawnText => ({ text: `${pick(before)} ${secret}`, size, colour }),
      );
      const png = await drawnTexts(lines, ground);
      const { secrets: found, texts } = await measured(png);
      const pixels = await pixelsOf(png);
      coverPlaces(
        pixels,
        found.map(({ box }) => box),
      );
      for (const [index, y] of baselinesOf(lines).entries()) {
        const middle = y - size * 0.3;
        const here = found.filter(({ box }) => box.y < middle && box.y + box.height > middle);
        const secret = drawnSecrets[index] ?? "";
        if (here.length === 0) missed.push(secret);
        else if (inkAfter(pixels, middle, secret, ground)) uncovered.push(secret);
        // The marks' texts do not tell it, either.
        if (here.length > 0) assert.ok(!texts.some(({ text }) => text.includes(secret)), secret);
      }
    }
    assert.ok(missed.length <= 15, `${missed.length} of 300 missed: ${missed.join(", ")}`);
    assert.deepEqual(uncovered, []);
  });

  it("leaves harmless lines alone", async () => {
    const lines = [
      "Invoice 2041 of 12 November 2026",
      "Total 1.250,00 EUR, due in 30 days",
      "TypeError: Cannot read properties of undefined",
      "at sumPayments (payments.ts:88:31)",
      "Firefox 144 on Windows 11, 1280 x 800",
      "https://app.ledgerly.example/invoices/2041",
    ];
    const { secrets: found } = await measured(await drawnTexts(lines.map((text) => ({ text, size: 15 }))));
    assert.deepEqual(found, []);
  });
});

/** Whether ink of the line is left to the right of the words before the secret. */
function inkAfter(
  { data, width }: { data: Uint8Array; width: number },
  y: number,
  secret: string,
  ground: string,
): boolean {
  // The secret ends the line: whatever ink stands last belongs to it. Covered pixels are all of one colour.
  const row = Math.round(y) * width * 3;
  const value = Number.parseInt(ground.slice(1, 3), 16);
  for (let x = width - 1; x > 0; x--) {
    const red = data[row + x * 3] ?? 0;
    if (Math.abs(red - value) < 6) continue;
    return secret.length > 0 && red !== 0x1f;
  }
  return false;
}
