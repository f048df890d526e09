export const entities = (text: string): string =>
  text.replace(
    /&(amp|lt|gt|quot|nbsp);/g,
    (_, name: string) => ({ amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " })[name] ?? "",
  );

/** Backslashes of a label: line breaks, the node's name, and the sign itself. */
export const unescaped = (text: string, node: string): string =>
  entities(
    text.replace(/\\(\r?\n|[\s\S])/g, (_, sign: string) =>
      /^[nlr]$/.test(sign) ? "\n" : sign === "N" ? node : /^\r?\n$/.test(sign) ? "" : sign,
    ),
  ).replace(/\n+$/, "");

/** The compartments of a record's label, from left to right, whatever braces stand around them. */
export function recordFields(label: string): string[] {
  const fields = [""];
  let isPort = false;
  for (let index = 0; index < label.length; index++) {
    const sign = label.charAt(index);
    if (sign === "\\") {
      const next = label.charAt(++index);
      fields.push(`${fields.pop() ?? ""}${/[nlr]/.test(next) ? "\n" : next}`);
    } else if (sign === "<" || sign === ">") isPort = sign === "<";
    else if (sign === "|") fields.push("");
    else if (sign !== "{" && sign !== "}" && !isPort) fields.push(`${fields.pop() ?? ""}${sign}`);
  }
  return fields.map((field) => entities(field).trim());
}
