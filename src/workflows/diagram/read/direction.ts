import type { Graph } from "../schema.js";

/** The way that most lines point. */
export function directionOf({ nodes, edges }: Graph): Graph["direction"] {
  const places = new Map(nodes.map(({ id, place }) => [id, place]));
  let [right, down] = [0, 0];
  for (const { from, to } of edges) {
    const [a, b] = [places.get(from), places.get(to)];
    if (!a || !b) continue;
    right +=
      Math.sign(b.x + b.width / 2 - a.x - a.width / 2) * Number(Math.abs(b.x - a.x) > Math.abs(b.y - a.y));
    down +=
      Math.sign(b.y + b.height / 2 - a.y - a.height / 2) * Number(Math.abs(b.x - a.x) <= Math.abs(b.y - a.y));
  }
  if (Math.abs(right) > Math.abs(down)) return right > 0 ? "right" : "left";
  return down < 0 ? "up" : "down";
}
