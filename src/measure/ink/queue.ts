/** Gives back what was put in, the least first: a binary heap. */
export class Queue<Item> {
  private readonly items: Item[] = [];

  constructor(private readonly cost: (item: Item) => number) {}

  push(item: Item): void {
    this.items.push(item);
    for (let index = this.items.length - 1; index > 0; ) {
      const above = (index - 1) >> 1;
      if (!this.isLess(index, above)) return;
      this.swap(index, above);
      index = above;
    }
  }

  /** @returns undefined when it is empty */
  take(): Item | undefined {
    const last = this.items.length - 1;
    if (last > 0) this.swap(0, last);
    const taken = this.items.pop();
    for (let index = 0; ; ) {
      let least = index;
      for (const below of [2 * index + 1, 2 * index + 2])
        if (below < this.items.length && this.isLess(below, least)) least = below;
      if (least === index) return taken;
      this.swap(index, least);
      index = least;
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
