import type { Edge, Graph, Node } from "../../schema.js";

/** Keys that are no things. */
export const own = new Set(
  (
    "label shape style near icon width height link tooltip class classes vars direction constraint top left " +
    "grid-rows grid-columns grid-gap vertical-gap horizontal-gap layers steps scenarios source-arrowhead target-arrowhead filled"
  ).split(" "),
);

/** Those of them that a graph holds. */
export const held = new Set(["label", "shape", "style", "near", "direction", "constraint"]);

export const heldStyles = new Set([
  "fill",
  "stroke",
  "stroke-dash",
  "stroke-width",
  "border-radius",
  "double-border",
  "filled",
]);

export const shapes: Record<string, Node["shape"]> = {
  rectangle: "rectangle",
  square: "rectangle",
  oval: "stadium",
  circle: "circle",
  diamond: "diamond",
  hexagon: "hexagon",
  parallelogram: "parallelogram",
  cylinder: "cylinder",
  stored_data: "cylinder",
  document: "document",
  page: "document",
  person: "actor",
  c4_person: "actor",
  class: "rectangle",
  sql_table: "rectangle",
  text: "rectangle",
};

export const feet: Record<string, Edge["endCount"]> = {
  "cf-one-required": "one",
  "cf-one": "zeroOrOne",
  "cf-many-required": "oneOrMore",
  "cf-many": "zeroOrMore",
};

export function headOf(shape: string, isFilled: boolean): Edge["endHead"] {
  if (shape === "diamond") return isFilled ? "filledDiamond" : "diamond";
  if (shape === "triangle" && !isFilled) return "triangle";
  if (shape === "circle") return "circle";
  return shape === "cross" ? "cross" : "arrow";
}

export const directionOf = (value: string): Graph["direction"] =>
  (["right", "left", "up"] as const).find((one) => one === value) ?? "down";

export const keys: Record<string, string> = { primary_key: "PK", foreign_key: "FK", unique: "UK" };
