/** How much of something was read rightly, each from 0 to 1. */
export interface Rates {
  precision: number;
  recall: number;
  f1: number;
}

/** Counts what is right, what there is and what was read. */
export class Tally {
  private right = 0;
  private wanted = 0;
  private found = 0;

  /** @param right how well it was read, from 0 to 1, for something that is there and was read */
  both(right: number): void {
    this.right += right;
    this.wanted++;
    this.found++;
  }

  missed(count = 1): void {
    this.wanted += count;
  }

  invented(count = 1): void {
    this.found += count;
  }

  /** @returns undefined where there is nothing of it, neither drawn nor read */
  rates(): Rates | undefined {
    const { right, wanted, found } = this;
    if (wanted === 0 && found === 0) return undefined;
    const precision = found === 0 ? 0 : right / found;
    const recall = wanted === 0 ? 0 : right / wanted;
    const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    return { precision, recall, f1 };
  }
}
