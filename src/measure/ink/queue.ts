/** Gives back what was put in, the least first: a binary heap. */
export class Queue<Item> {
  private readonly items: Item[] = [];

  constructor(private readonly cost: (item: Item) => number) {}

  push(item: Item): void {
    this.items.push(item);
    for (let at = this.items.length - 1; at > 0; ) {
      const above = (at - 1) >> 1;
      if (!this.isLess(at, above)) return;
      this.swap(at, above);
      at = above;
    }
  }

  /** @returns undefined when it is empty */
  take(): Item | undefined {
    const last = this.items.length - 1;
    if (last > 0) this.swap(0, last);
    const taken = this.items.pop();
    for (let at = 0; ; ) {
      let least = at;
      for (const below of [2 * at + 1, 2 * at + 2])
        if (below < this.items.length && this.isLess(below, least)) least = below;
      if (least === at) return taken;
      this.swap(at, least);
      at = least;
    }
  }

  private isLess(one: number, other: number): boolean {
    const [a, b] = [this.items[one], this.items[other]];
    return a !== undefined && b !== undefined && this.cost(a) < this.cost(b);
  }

  private swap(one: number, other: number): void {
    const [a, b] = [this.items[one], this.items[other]];
    if (a === undefined || b === undefined) return;
    this.items[one] = b;
    this.items[other] = a;
  }
}
