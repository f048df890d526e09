/** Elements that are drawn, or that what is drawn refers to. What is not here is left out with all that it holds. */
export const drawnElements: ReadonlySet<string> = new Set([
  ...["svg", "g", "defs", "symbol", "use", "a", "switch", "style"],
  ...["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image"],
  ...["text", "tspan", "textPath", "tref"],
  ...["linearGradient", "radialGradient", "stop", "pattern", "marker", "clipPath", "mask", "filter"],
]);

/** Elements that move what is drawn; it is shown as it stands before. */
export const animations: ReadonlySet<string> = new Set([
  ...["animate", "animateTransform", "animateMotion", "animateColor", "set"],
]);

/**
 * What a filter may be made of, with what it costs: how often the whole picture is gone over, about 15 ns a pixel
 * each time. Others (noise, lighting, matrices of any size) cost without bound.
 */
export const filterSteps: ReadonlyMap<string, number> = new Map([
  ["feGaussianBlur", 3],
  ["feDropShadow", 5],
  ["feOffset", 1],
  ["feFlood", 1],
  ["feMerge", 1],
  ["feMergeNode", 1],
  ["feBlend", 1],
  ["feComposite", 1],
  ["feColorMatrix", 1],
  ["feComponentTransfer", 1],
  ["feFuncR", 0],
  ["feFuncG", 0],
  ["feFuncB", 0],
  ["feFuncA", 0],
]);

/** Filters are drawn as long as all of them go over so many pixels, about ten seconds. */
export const mostFilteredPixels = 6e8;
/** Each layer that lies within another is a picture of its own meanwhile. Bytes. */
export const mostLayerBytes = 500 * 1024 * 1024;
/** Of all pictures within together. Pixels. */
export const mostEmbeddedPixels = 16 * 1024 * 1024;
