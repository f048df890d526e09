import { plainText } from "../../../text/plain.js";
import type { Edge } from "../schema.js";

/** A label's rows: plain, composed, with its spaces evened out, without empty ones. */
export const rowsOf = (text: string): string[] => (isOneRow.test(text) ? [text] : allRows(text));

/** Words of ASCII with single spaces between them, as most labels are. */
const isOneRow = /^[!-~]+(?: [!-~]+)*$/;

const allRows = (text: string): string[] =>
  plainText(text)
    .normalize("NFC")
    .split("\n")
    .map((row) => row.replace(/\s+/g, " ").trim())
    .filter((row) => row !== "");

/** Multiplicities as UML writes them. */
export const multiplicities: Record<Edge["endCount"], string> = {
  none: "",
  one: "1",
  zeroOrOne: "0..1",
  oneOrMore: "1..*",
  zeroOrMore: "0..*",
};
