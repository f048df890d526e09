import { type Animation, smallFrames } from "../../image/animation.js";

/** A frame that shows another state than those before it. */
export interface KeyFrame {
  /** From 1. */
  frame: number;
  /** When it is shown first. Milliseconds. */
  time: number;
}

/** The longer side of the frames as they are compared. Pixels. */
const side = 320;
/** Two frames differ in a pixel where a channel does by more. Levels of 255. */
const leastDifference = 24;
/** They are two states where they differ in more of their pixels. A cursor is less, a word that appears is more. */
const leastShare = 0.001;

/**
 * The distinct states of an animation, in order: the first frame, and each that differs from all states before it.
 *
 * @param most how many, at most: where there are more, smaller changes make no state
 * @param onFrame called after each frame: a sign of life
 */
export async function findKeyFrames(
  bytes: Uint8Array,
  animation: Animation,
  most: number,
  onFrame: () => void,
): Promise<KeyFrame[]> {
  for (let share = leastShare; ; share *= 2) {
    const found = await statesOf(bytes, animation, share, most, onFrame);
    if (found) return found;
  }
}

/** Undefined where there are more than so many. */
async function statesOf(
  bytes: Uint8Array,
  animation: Animation,
  share: number,
  most: number,
  onFrame: () => void,
): Promise<KeyFrame[] | undefined> {
  const by = Math.min(1, side / Math.max(animation.width, animation.height));
  const size = {
    width: Math.max(1, Math.round(animation.width * by)),
    height: Math.max(1, Math.round(animation.height * by)),
  };
  const states: Array<KeyFrame & { data: Uint8Array }> = [];
  for await (const { number, data } of smallFrames(bytes, animation, size)) {
    onFrame();
    if (states.some((state) => differingShare(state.data, data) <= share)) continue;
    if (states.length === most) return undefined;
    states.push({ frame: number, time: animation.starts[number - 1] ?? 0, data: Uint8Array.from(data) });
  }
  return states.map(({ frame, time }) => ({ frame, time }));
}

/** The share of the pixels in which two frames differ. */
function differingShare(one: Uint8Array, other: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < one.length; at += 3) {
    const differs = [0, 1, 2].some(
      (channel) => Math.abs((one[at + channel] ?? 0) - (other[at + channel] ?? 0)) > leastDifference,
    );
    if (differs) count++;
  }
  return count / (one.length / 3);
}
