import type { DateStyle, NumberStyle } from "./schema.js";

/** Signs and codes of currencies and units that stand beside a number; none that is a digit misread. */
const beside = /^(?:(?![oOlI|SB]$)[\p{Sc}%A-Za-z]\.?|[A-Za-z]{0,2}\p{Sc}|[A-Za-z]{2,3}\.?)$/u;

/** Letters. */
const longestNumeral = 40;

/**
 * The digits of a printed number with its sign and separators, without its currency or unit; undefined when the text is
 * no number.
 */
export function numeralOf(text: string): string | undefined {
  if (text.length > longestNumeral) return undefined;
  const plain = text.normalize("NFKC").replace(/[−–]/g, "-").replace(/[’`´]/g, "'").trim();
  const match =
    /^([^\d\s(.+-]{0,4})\s?([(+-]?)\s?([^\d\s(.+-]{0,4})\s?(\d[\d.,' ]*|[.,]\d+)(\)?-?)\s?(\S{0,4})$/u.exec(
      plain,
    );
  if (!match) return undefined;
  const [, before = "", sign = "", between = "", digits = "", closing = "", after = ""] = match;
  const isUnit = [before, between, after].every((word) => word === "" || beside.test(word));
  if (!isUnit) return undefined;
  const isNegative = sign === "-" || (sign === "(" && closing.startsWith(")")) || closing.endsWith("-");
  return `${isNegative ? "-" : ""}${digits.trim().replace(/[.,']$/, "")}`;
}

/**
 * The number that a text stands for; undefined when it is none, or could be several.
 *
 * @param style how the document prints numbers
 */
export function numberOf(text: string, style: NumberStyle): number | undefined {
  const numeral = numeralOf(text);
  if (numeral === undefined) return undefined;
  const decimal = decimalSign(numeral, style);
  const [whole = "", fraction] = decimal === undefined ? [numeral] : splitLast(numeral, decimal);
  const digits = whole.replace(/[.,' ]/g, "");
  const value = Number(fraction === undefined ? digits : `${digits}.${fraction.replace(/\D/g, "")}`);
  return Number.isFinite(value) ? value : undefined;
}

/** The sign before the fraction: as the document has it, or as this number alone tells. */
function decimalSign(numeral: string, style: NumberStyle): "." | "," | undefined {
  if (style !== "none") return style === "1,234.56" ? "." : ",";
  const [point, comma] = [numeral.lastIndexOf("."), numeral.lastIndexOf(",")];
  const last = Math.max(point, comma);
  if (last < 0) return undefined;
  const sign = numeral[last] === "." ? "." : ",";
  const isGrouping =
    numeral.split(sign).length > 2 || ((point < 0 || comma < 0) && numeral.length - last === 4);
  return isGrouping ? undefined : sign;
}

function splitLast(text: string, sign: string): [string, string | undefined] {
  const index = text.lastIndexOf(sign);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

/** The first letters of months in the languages whose dates are met most. */
const months: ReadonlyArray<RegExp> = [
  /^(jan|ene|gen|jän)/,
  /^(feb|fev|fév)/,
  /^(mar|mär|maa|mrz)/,
  /^(apr|abr|avr)/,
  /^(may|mai|mag|mei|mayo)/,
  /^(jun|giu|juin)/,
  /^(jul|lug|juil)/,
  /^(aug|ago|aoû|aou)/,
  /^(sep|set)/,
  /^(oct|okt|ott|out)/,
  /^(nov)/,
  /^(dec|dez|dic|déc)/,
];

/**
 * A printed date as ISO 8601; undefined when it is none, or could be two.
 *
 * @param style which part the document prints first
 */
export function dateOf(text: string, style: DateStyle): string | undefined {
  const parts =
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/\p{L}+|\d+/gu) ?? [];
  const named = parts.findIndex((part) => months.some((month) => month.test(part)));
  const numbers = parts.filter((part) => /^\d+$/.test(part));
  if (named >= 0) {
    const month = months.findIndex((one) => one.test(parts[named] ?? "")) + 1;
    const [one = "", other = ""] = numbers;
    const isYearFirst = one.length === 4;
    return iso(isYearFirst ? one : other, month, Number(isYearFirst ? other : one));
  }
  const [a = "", b = "", c = ""] = numbers;
  if (numbers.length < 3) return undefined;
  if (a.length === 4 || style === "year first") return iso(a, Number(b), Number(c));
  if (style === "day first" || (style === "none" && Number(a) > 12)) return iso(c, Number(b), Number(a));
  if (style === "month first" || (style === "none" && Number(b) > 12)) return iso(c, Number(a), Number(b));
  return undefined;
}

function iso(year: string, month: number, day: number): string | undefined {
  if (!/^(\d{2}|\d{4})$/.test(year)) return undefined;
  const whole = year.length === 2 ? 2000 + Number(year) : Number(year);
  const date = new Date(Date.UTC(whole, month - 1, day));
  const isDate =
    date.getUTCFullYear() === whole && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isDate ? date.toISOString().slice(0, 10) : undefined;
}
