import { labelLines } from "./labels.js";

/** The words that D2 keeps for itself as keys, and those that we use. */
export const reserved: ReadonlySet<string> = new Set(
  (
    "label shape style near icon width height link tooltip class classes vars direction constraint top left right " +
    "bottom grid-rows grid-columns grid-gap vertical-gap horizontal-gap rows columns gap layers steps scenarios " +
    "boards source-arrowhead target-arrowhead source target desc filter null true false and or not title opacity " +
    "stroke fill fill-pattern stroke-width stroke-dash border-radius font font-size font-color bold italic " +
    "underline text-transform shadow multiple double-border 3d animated filled overlay suspend unsuspend config " +
    "theme-id self root constructor"
  ).split(" "),
);

/** A string in quotes, with its line breaks. */
export const d2String = (text: string): string => {
  const escaped = labelLines(text).map((row) =>
    row.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("$", "\\$"),
  );
  return `"${escaped.join("\\n")}"`;
};

/** A label as a writer would write it: without quotes where it needs none. */
export const plain = (text: string): string => {
  const [row = "", ...others] = labelLines(text);
  const isPlain =
    others.length === 0 &&
    /^[A-Za-z](?:[A-Za-z0-9 ,.?/()+]|-(?=\w))*$/.test(row) &&
    !reserved.has(row.toLowerCase());
  return isPlain ? row : d2String(text);
};
