/** Numbers the connected patches of marked pixels, diagonals included; -1 elsewhere. */
export function label(marked: Int32Array, width: number, height: number): { of: Int32Array; count: number } {
  const of = new Int32Array(width * height).fill(-1);
  const parents = new Int32Array(marked.length);
  let runs = 0;
  const find = (one: number): number => {
    let position = one;
    while (parents[position] !== position) {
      parents[position] = parents[parents[position] ?? position] ?? position;
      position = parents[position] ?? position;
    }
    return position;
  };
  for (let index = 0; index < marked.length; index++) {
    const position = marked[index] ?? 0;
    const x = position % width;
    let own = x > 0 ? (of[position - 1] ?? -1) : -1;
    if (position >= width) {
      const last = x + 1 < width ? position - width + 1 : position - width;
      for (let above = x > 0 ? position - width - 1 : position - width; above <= last; above++) {
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
    of[position] = own;
  }
  const ids = new Int32Array(runs).fill(-1);
  let count = 0;
  for (let index = 0; index < marked.length; index++) {
    const position = marked[index] ?? 0;
    const root = find(of[position] ?? 0);
    if ((ids[root] ?? -1) < 0) ids[root] = count++;
    of[position] = ids[root] ?? -1;
  }
  return { of, count };
}
