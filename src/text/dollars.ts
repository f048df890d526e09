/** An amount in words: cents, and four digits below one. */
export const dollars = (amount: number): string =>
  `US$ ${amount > 0 && amount < 0.01 ? amount.toFixed(4) : amount.toFixed(2)}`;
