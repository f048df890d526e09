import type { Graph } from "../../schema.js";
import { indent, type Names } from "../names.js";
import { ownTitle } from "./common.js";
import { quotedLine } from "./labels.js";

export function quadrant({ title, rows }: Graph, _: Names, warnings: string[]): string[] {
  const axes = (["xAxis", "yAxis"] as const).flatMap((role) => {
    const axis = rows.find((row) => row.role === role);
    if (!axis) return [];
    const end = axis.end.trim() === "" ? "" : ` --> ${quotedLine(axis.end, "point")}`;
    return [`${role === "xAxis" ? "x-axis" : "y-axis"} ${quotedLine(axis.label, "point")}${end}`];
  });
  const named = new Map(
    rows
      .filter(({ role, start }) => role === "quadrant" && /^[1-4]$/.test(start))
      .map((row) => [row.start, row]),
  );
  const areas = [...named].map(([number, { label }]) => `quadrant-${number} ${quotedLine(label, "point")}`);
  const points = rows
    .filter(({ role }) => role !== "xAxis" && role !== "yAxis" && role !== "quadrant")
    .map(({ label, start, end }) => {
      const [x, y] = [coordinateIn(start), coordinateIn(end)];
      if (x === undefined || y === undefined)
        warnings.push(`The place of “${label}” could not be read: it stands in the middle.`);
      return `${quotedLine(label, "point")}: [${x ?? 0.5}, ${y ?? 0.5}]`;
    });
  return ["quadrantChart", ...indent([...ownTitle(title), ...axes, ...areas, ...points])];
}

/** From 0 to 1. */
function coordinateIn(text: string): number | undefined {
  const number = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(number) ? Number(Math.min(Math.max(number, 0), 1).toFixed(3)) : undefined;
}
