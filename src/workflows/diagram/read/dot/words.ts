import type { Edge, Node } from "../../schema.js";

export const shapes: Record<string, Node["shape"]> = {
  box: "rectangle",
  rect: "rectangle",
  rectangle: "rectangle",
  square: "rectangle",
  record: "rectangle",
  mrecord: "rounded",
  ellipse: "circle",
  oval: "circle",
  circle: "circle",
  doublecircle: "circle",
  point: "start",
  diamond: "diamond",
  mdiamond: "diamond",
  hexagon: "hexagon",
  parallelogram: "parallelogram",
  cylinder: "cylinder",
  note: "document",
};

export const heads: Record<string, Edge["endHead"]> = {
  none: "none",
  normal: "arrow",
  vee: "arrow",
  open: "arrow",
  empty: "triangle",
  onormal: "triangle",
  odiamond: "diamond",
  diamond: "filledDiamond",
  odot: "circle",
  dot: "circle",
  tee: "cross",
};

/** Crow's feet. */
export const feet: Record<string, Edge["endCount"]> = {
  teetee: "one",
  teeodot: "zeroOrOne",
  crowtee: "oneOrMore",
  crowodot: "zeroOrMore",
  crow: "zeroOrMore",
};

export const known = new Set(
  (
    "label shape style fillcolor color penwidth peripheries dir arrowhead arrowtail headlabel taillabel lhead ltail " +
    "rankdir compound labelloc fontname bgcolor class id comment"
  ).split(" "),
);
