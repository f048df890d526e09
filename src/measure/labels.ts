/** Numbers the connected patches of marked pixels, diagonals included; -1 elsewhere. */
export function label(marked: Int32Array, width: number, height: number): { of: Int32Array; count: number } {
  const of = new Int32Array(width * height).fill(-1);
  const parents = new Int32Array(marked.length);
  let runs = 0;
  const find = (one: number): number => {
    let at = one;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] ?? at] ?? at;
      at = parents[at] ?? at;
    }
    return at;
  };
  for (let index = 0; index < marked.length; index++) {
    const at = marked[index] ?? 0;
    const x = at % width;
    let own = x > 0 ? (of[at - 1] ?? -1) : -1;
    if (at >= width) {
      const last = x + 1 < width ? at - width + 1 : at - width;
      for (let above = x > 0 ? at - width - 1 : at - width; above <= last; above++) {
        const other = of[above] ?? -1;
        if (other < 0 || other === own) continue;
        if (own < 0) own = other;
        else {
          const [a, b] = [find(own), find(other)];
          if (a !== b) parents[Math.max(a, b)] = Math.min(a, b);
        }
      }
    }
    if (own < 0) {
      own = runs++;
      parents[own] = own;
    }
    of[at] = own;
  }
  const ids = new Int32Array(runs).fill(-1);
  let count = 0;
  for (let index = 0; index < marked.length; index++) {
    const at = marked[index] ?? 0;
    const root = find(of[at] ?? 0);
    if ((ids[root] ?? -1) < 0) ids[root] = count++;
    of[at] = ids[root] ?? -1;
  }
  return { of, count };
}
