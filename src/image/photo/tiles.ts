import type { Size } from "../limits.js";

/** Tiles along the longer side. */
const along = 40;

/** A grid of tiles over a picture, with one value each, read smoothly between their middles. */
export class Tiles {
  readonly side: number;
  readonly columns: number;
  readonly rows: number;

  constructor(private readonly size: Size) {
    this.side = Math.max(8, Math.ceil(Math.max(size.width, size.height) / along));
    this.columns = Math.ceil(size.width / this.side);
    this.rows = Math.ceil(size.height / this.side);
  }

  /** A value for each tile, from what it covers. Pixels. */
  each(value: (left: number, top: number, right: number, bottom: number) => number): Float32Array {
    const { width, height } = this.size;
    const values = new Float32Array(this.columns * this.rows);
    for (let row = 0, index = 0; row < this.rows; row++) {
      for (let column = 0; column < this.columns; column++, index++) {
        const [left, top] = [column * this.side, row * this.side];
        values[index] = value(
          left,
          top,
          Math.min(width, left + this.side),
          Math.min(height, top + this.side),
        );
      }
    }
    return values;
  }

  /** A value for each tile, from those of the tiles around it and its own. */
  around(values: Float32Array, reach: number, combine: (near: number[]) => number): Float32Array {
    const combined = new Float32Array(values.length);
    for (let row = 0, index = 0; row < this.rows; row++) {
      for (let column = 0; column < this.columns; column++, index++) {
        const near: number[] = [];
        for (let y = Math.max(0, row - reach); y <= Math.min(this.rows - 1, row + reach); y++)
          for (let x = Math.max(0, column - reach); x <= Math.min(this.columns - 1, column + reach); x++)
            near.push(values[y * this.columns + x] ?? 0);
        combined[index] = combine(near);
      }
    }
    return combined;
  }

  /** The values, those of missing tiles (not 0) as the mean of the nearest others; as they are when all are missing. */
  filled(values: Float32Array, isMissing: Float32Array): Float32Array {
    const filled = values.slice();
    const missing = isMissing.slice();
    for (let round = Math.max(this.columns, this.rows); round > 0 && missing.includes(1); round--) {
      const sums = this.around(
        filled.map((value, index) => (missing[index] ? 0 : value)),
        1,
        (near) => near.reduce((sum, value) => sum + value, 0),
      );
      const counts = this.around(
        missing.map((value) => 1 - value),
        1,
        (near) => near.reduce((sum, value) => sum + value, 0),
      );
      for (const [index, count] of counts.entries()) {
        if (!missing[index] || count === 0) continue;
        filled[index] = (sums[index] ?? 0) / count;
        missing[index] = 0;
      }
    }
    return filled;
  }

  /** The values along a row of pixels. */
  alongRow(values: Float32Array, y: number, into: Float32Array): Float32Array {
    const between = (index: number, most: number) => {
      const place = Math.min(Math.max((index + 0.5) / this.side - 0.5, 0), most - 1);
      const first = Math.floor(place);
      return { first, second: Math.min(first + 1, most - 1), share: place - first };
    };
    const vertical = between(y, this.rows);
    const value = (column: number) => {
      const above = values[vertical.first * this.columns + column] ?? 0;
      const below = values[vertical.second * this.columns + column] ?? 0;
      return above + (below - above) * vertical.share;
    };
    for (let x = 0; x < this.size.width; x++) {
      const { first, second, share } = between(x, this.columns);
      const left = value(first);
      into[x] = left + (value(second) - left) * share;
    }
    return into;
  }
}
