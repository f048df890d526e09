import type { Box } from "../../report.js";

/** Two boxes of one size that show the same, or would if nothing had changed: one in each picture, whole pixels. */
export interface Facing {
  before: { x: number; y: number };
  after: { x: number; y: number };
  width: number;
  height: number;
  /** Whether it moved otherwise than its surroundings: its edges may have been smoothed anew. */
  loose?: boolean;
}

export const boxBefore = ({ before: { x, y }, width, height }: Facing): Box => ({ x, y, width, height });
export const boxAfter = ({ after: { x, y }, width, height }: Facing): Box => ({ x, y, width, height });
