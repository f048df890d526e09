import type { Rgb } from "../../src/image/palette.js";
import type { Box } from "../../src/report.js";

/** A small drawing made pixel by pixel: black on white. */
export class InkDrawing {
  readonly pixels: Rgb;

  constructor(width: number, height: number) {
    this.pixels = { data: new Uint8Array(width * height * 3).fill(255), width, height };
  }

  outline({ x, y, width, height }: Box): this {
    const [right, bottom] = [x + width, y + height];
    return this.line([x, y], [right, y], [right, bottom], [x, bottom], [x, y]);
  }

  /** A line three pixels wide through these points. */
  line(...points: Array<readonly [number, number]>): this {
    for (const [index, [x, y]] of points.entries()) {
      const next = points[index + 1];
      if (!next) break;
      const steps = Math.max(1, Math.ceil(Math.hypot(next[0] - x, next[1] - y)));
      for (let step = 0; step <= steps; step++)
        this.dot(x + ((next[0] - x) * step) / steps, y + ((next[1] - y) * step) / steps, 1);
    }
    return this;
  }

  /** A line of dashes, across or down. */
  dashes([x, y]: readonly [number, number], [right, bottom]: readonly [number, number]): this {
    const length = Math.hypot(right - x, bottom - y);
    const at = (along: number): readonly [number, number] => [
      x + ((right - x) * along) / length,
      y + ((bottom - y) * along) / length,
    ];
    for (let along = 0; along < length; along += 14) this.line(at(along), at(Math.min(length, along + 8)));
    return this;
  }

  /** A filled head whose tip is here, at the end of a line that comes from there. */
  head([x, y]: readonly [number, number], [fromX, fromY]: readonly [number, number]): this {
    const length = Math.hypot(x - fromX, y - fromY);
    const [across, down] = [(x - fromX) / length, (y - fromY) / length];
    for (let back = 0; back <= 14; back++)
      for (let aside = -back / 2; aside <= back / 2; aside += 0.5)
        this.dot(x - across * back - down * aside, y - down * back + across * aside, 0);
    return this;
  }

  private dot(x: number, y: number, reach: number): void {
    const { data, width, height } = this.pixels;
    for (let row = Math.round(y) - reach; row <= Math.round(y) + reach; row++)
      for (let column = Math.round(x) - reach; column <= Math.round(x) + reach; column++)
        if (row >= 0 && column >= 0 && row < height && column < width)
          data.fill(0, (row * width + column) * 3, (row * width + column) * 3 + 3);
  }
}
