import { linear } from "../colour.js";

/** The kinds of flashes that WCAG knows. */
export type FlashKind = "general" | "red";

/** A second, and so many transitions in it: a flash is two opposing ones, and more than three are four. */
const second = 1_000;
const mostTransitions = 8;

/** The least change of relative luminance, and where the darker image is brighter than this, there is no flash. */
const leastChange = 0.1;
const brightest = 0.8;

/** R/(R+G+B) of a saturated red, and the least distance in the CIE 1976 UCS diagram. */
const saturated = 0.8;
const leastDistance = 0.2;

/** In the diagram, black is nowhere: it is taken for grey. */
const [greyU, greyV] = [0.1978, 0.4683];

/**
 * Counts how often each place of a moving picture flashes, by WCAG 2.2.
 *
 * @see https://www.w3.org/TR/WCAG22/#dfn-general-flash-and-red-flash-thresholds
 */
export class FlashCounter {
  private readonly general: Transitions;
  private readonly red: Transitions;
  /** The highest or lowest luminance since the last transition, or both where there was none yet. */
  private readonly low: Float32Array;
  private readonly high: Float32Array;
  /** The colour at the last transition to or from red. */
  private readonly u: Float32Array;
  private readonly v: Float32Array;
  private readonly wasRed: Uint8Array;
  private isFirst = true;

  /** @param places how many pixels a frame has */
  constructor(private readonly places: number) {
    this.general = new Transitions(places);
    this.red = new Transitions(places);
    this.low = new Float32Array(places);
    this.high = new Float32Array(places);
    this.u = new Float32Array(places);
    this.v = new Float32Array(places);
    this.wasRed = new Uint8Array(places);
  }

  /**
   * @param frame RGB, row by row
   * @param time when it is shown. Milliseconds.
   */
  add(frame: Uint8Array, time: number): void {
    for (let place = 0; place < this.places; place++) {
      const red = linear[frame[place * 3] ?? 0] ?? 0;
      const green = linear[frame[place * 3 + 1] ?? 0] ?? 0;
      const blue = linear[frame[place * 3 + 2] ?? 0] ?? 0;
      this.addLuminance(place, 0.2126 * red + 0.7152 * green + 0.0722 * blue, time);
      this.addRed(place, red, green, blue, time);
    }
    this.isFirst = false;
  }

  /** Whether a place has flashed more than three times in the second up to this time. */
  isFlashing(kind: FlashKind, place: number, time: number): boolean {
    return (kind === "general" ? this.general : this.red).areMany(place, time);
  }

  private addLuminance(place: number, now: number, time: number): void {
    const { low, high, general } = this;
    if (this.isFirst) {
      low[place] = now;
      high[place] = now;
      return;
    }
    const way = general.way(place);
    const [lowest, highest] = [low[place] ?? 0, high[place] ?? 0];
    if (way <= 0 && now - lowest >= leastChange && lowest < brightest) {
      general.add(place, 1, time);
      high[place] = now;
      low[place] = now;
    } else if (way >= 0 && highest - now >= leastChange && now < brightest) {
      general.add(place, -1, time);
      high[place] = now;
      low[place] = now;
    } else {
      low[place] = Math.min(lowest, now);
      high[place] = Math.max(highest, now);
    }
  }

  private addRed(place: number, red: number, green: number, blue: number, time: number): void {
    const sum = red + green + blue;
    const isRed = sum > 0 && red / sum >= saturated ? 1 : 0;
    const [u, v] = chromaticity(red, green, blue);
    const wasRed = this.wasRed[place] ?? 0;
    if (!this.isFirst) {
      const distance = Math.hypot(u - (this.u[place] ?? 0), v - (this.v[place] ?? 0));
      if (distance <= leastDistance || (isRed === 0 && wasRed === 0)) return;
      const way = isRed === 1 ? 1 : -1;
      if (this.red.way(place) !== way) this.red.add(place, way, time);
    }
    this.wasRed[place] = isRed;
    this.u[place] = u;
    this.v[place] = v;
  }
}

/** u′ and v′ of a colour in linear light. */
function chromaticity(red: number, green: number, blue: number): [u: number, v: number] {
  const x = 0.4124 * red + 0.3576 * green + 0.1805 * blue;
  const y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const z = 0.0193 * red + 0.1192 * green + 0.9505 * blue;
  const sum = x + 15 * y + 3 * z;
  return sum === 0 ? [greyU, greyV] : [(4 * x) / sum, (9 * y) / sum];
}

/** The times of the last transitions of each place, each the opposite of the one before. */
class Transitions {
  private readonly times: Float64Array;
  private readonly counts: Uint32Array;
  private readonly ways: Int8Array;

  constructor(places: number) {
    this.times = new Float64Array(places * mostTransitions).fill(Number.NEGATIVE_INFINITY);
    this.counts = new Uint32Array(places);
    this.ways = new Int8Array(places);
  }

  /** 1 after a transition upwards or to red, -1 after one downwards or from red, 0 before the first. */
  way(place: number): number {
    return this.ways[place] ?? 0;
  }

  add(place: number, way: 1 | -1, time: number): void {
    const count = this.counts[place] ?? 0;
    this.times[place * mostTransitions + (count % mostTransitions)] = time;
    this.counts[place] = count + 1;
    this.ways[place] = way;
  }

  areMany(place: number, time: number): boolean {
    const count = this.counts[place] ?? 0;
    const oldest =
      this.times[place * mostTransitions + (count % mostTransitions)] ?? Number.NEGATIVE_INFINITY;
    return count >= mostTransitions && oldest >= time - second;
  }
}
