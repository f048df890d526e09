import { type Colour, linear } from "../colour.js";

/** CIE L*a*b* under D65, from sRGB. */
function toLab([red, green, blue]: Colour): [lightness: number, a: number, b: number] {
  const [r, g, b] = [linear[red] ?? 0, linear[green] ?? 0, linear[blue] ?? 0];
  const part = (value: number) =>
    value > 216 / 24389 ? Math.cbrt(value) : (value * 24389) / 27 / 116 + 16 / 116;
  const x = part((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = part(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = part((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const degrees = 180 / Math.PI;
const cosine = (angle: number) => Math.cos(angle / degrees);
const hue = (b: number, a: number) => (a === 0 && b === 0 ? 0 : (Math.atan2(b, a) * degrees + 360) % 360);

/**
 * CIEDE2000: 0 for one colour, 100 for black and white; about 1 can just be seen side by side.
 *
 * @see G. Sharma, W. Wu, E. N. Dalal: The CIEDE2000 Color-Difference Formula. Color Research and Application 30 (1), 2005
 */
export function deltaE2000(one: Colour, other: Colour): number {
  const [l1, a1, b1] = toLab(one);
  const [l2, a2, b2] = toLab(other);
  const chroma7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const g = 0.5 * (1 - Math.sqrt(chroma7 / (chroma7 + 25 ** 7)));
  const [c1, c2] = [Math.hypot(a1 * (1 + g), b1), Math.hypot(a2 * (1 + g), b2)];
  const [h1, h2] = [hue(b1, a1 * (1 + g)), hue(b2, a2 * (1 + g))];
  const grey = c1 * c2 === 0;
  const turn = h2 - h1;
  const dh = grey ? 0 : turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin(dh / 2 / degrees);
  const sum = h1 + h2;
  const meanHue = grey ? sum : Math.abs(turn) <= 180 ? sum / 2 : sum < 360 ? sum / 2 + 180 : sum / 2 - 180;
  const [meanL, meanC] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const t =
    1 -
    0.17 * cosine(meanHue - 30) +
    0.24 * cosine(2 * meanHue) +
    0.32 * cosine(3 * meanHue + 6) -
    0.2 * cosine(4 * meanHue - 63);
  const away = (meanL - 50) ** 2;
  const l = (l2 - l1) / (1 + (0.015 * away) / Math.sqrt(20 + away));
  const c = (c2 - c1) / (1 + 0.045 * meanC);
  const h = dH / (1 + 0.015 * meanC * t);
  const turned = 30 * Math.exp(-(((meanHue - 275) / 25) ** 2));
  const rotation = -2 * Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7)) * Math.sin((2 * turned) / degrees);
  return Math.sqrt(l * l + c * c + h * h + rotation * c * h);
}
