import type { Raw } from "../raw.js";
import type { Coding, Primaries, Transfer } from "./coding.js";
import { srgb } from "./coding.js";

/** Pixels as a file codes them, with 8 or 16 bits a channel. */
export interface Coded extends Omit<Raw, "data"> {
  data: Uint8Array | Uint16Array;
}

/** The brightness of a white page on an HDR screen (ITU-R BT.2408). Candela a square metre. */
const white = 203;
const steps = 4096;

/**
 * Converts to 8-bit sRGB. HDR's white page becomes white, and what is brighter, too.
 *
 * @param coded its colours are replaced when it has 8 bits
 */
export function toSrgb(coded: Coded, { primaries, transfer, limited = false }: Coding): Raw {
  const { data, channels } = coded;
  const most = data instanceof Uint16Array ? 65535 : 255;
  const linear = new Float32Array(most + 1);
  for (let value = 0; value <= most; value++) {
    const signal = limited ? (value / most - 16 / 255) * (255 / 219) : value / most;
    linear[value] = toLight(Math.min(1, Math.max(0, signal)), transfer);
  }
  const encoded = new Uint8Array(steps * 4 + 1);
  // Dark tones are told apart more finely: by the square root.
  for (let step = 0; step < encoded.length; step++) {
    const light = (step / (encoded.length - 1)) ** 2;
    encoded[step] = Math.round(
      255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055),
    );
  }
  const encode = (light: number): number =>
    encoded[Math.round(Math.sqrt(Math.min(1, Math.max(0, light))) * (encoded.length - 1))] ?? 0;
  const out = data instanceof Uint8Array ? data : new Uint8Array(data.length);
  const isHlg = transfer === "hlg";

  if (primaries === srgb && !isHlg) {
    const direct = Uint8Array.from(linear, encode);
    for (let offset = 0; offset < data.length; offset += channels)
      for (let channel = 0; channel < 3; channel++)
        out[offset + channel] = direct[data[offset + channel] ?? 0] ?? 0;
  } else {
    const m = product(inverse(toXyz(srgb)), adapted(primaries));
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m;
    const luma = toXyz(primaries).slice(3, 6);
    for (let offset = 0; offset < data.length; offset += channels) {
      let red = linear[data[offset] ?? 0] ?? 0;
      let green = linear[data[offset + 1] ?? 0] ?? 0;
      let blue = linear[data[offset + 2] ?? 0] ?? 0;
      if (isHlg) {
        // From the light of the scene to that of a screen of 1,000 candela.
        const scene = red * (luma[0] ?? 0) + green * (luma[1] ?? 0) + blue * (luma[2] ?? 0);
        const gain = (scene ** 0.2 * 1000) / white;
        red *= gain;
        green *= gain;
        blue *= gain;
      }
      out[offset] = encode(a * red + b * green + c * blue);
      out[offset + 1] = encode(d * red + e * green + f * blue);
      out[offset + 2] = encode(g * red + h * green + i * blue);
    }
  }
  if (channels === 4 && data instanceof Uint16Array)
    for (let offset = 3; offset < data.length; offset += 4) out[offset] = (data[offset] ?? 0) >> 8;
  return { ...coded, data: out };
}

/** Light, 1 being the white of a page; for HLG that of the scene, 1 being the brightest. */
function toLight(signal: number, transfer: Transfer): number {
  if (transfer === "linear") return signal;
  if (transfer === "srgb") return signal <= 0.04045 ? signal / 12.92 : ((signal + 0.055) / 1.055) ** 2.4;
  if (transfer === "pq") {
    const power = signal ** (1 / 78.84375);
    return (
      ((Math.max(power - 0.8359375, 0) / (18.8515625 - 18.6875 * power)) ** (1 / 0.1593017578125) * 10_000) /
      white
    );
  }
  if (transfer === "hlg")
    return signal <= 0.5 ? signal ** 2 / 3 : (Math.exp((signal - 0.55991073) / 0.17883277) + 0.28466892) / 12;
  return signal ** transfer.gamma;
}

/** Three rows of three. */
type Matrix = readonly number[];

const product = (a: Matrix, b: Matrix): Matrix =>
  Array.from({ length: 9 }, (_, index) => {
    const [row, column] = [Math.floor(index / 3), index % 3];
    return [0, 1, 2].reduce((sum, n) => sum + (a[row * 3 + n] ?? 0) * (b[n * 3 + column] ?? 0), 0);
  });

function inverse(m: Matrix): Matrix {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m;
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ].map((value) => value / determinant);
}

const xyzOf = ([x, y]: readonly [number, number]) => [x / y, 1, (1 - x - y) / y] as const;
const applied = (m: Matrix, [x, y, z]: readonly [number, number, number]) =>
  [0, 3, 6].map((row) => (m[row] ?? 0) * x + (m[row + 1] ?? 0) * y + (m[row + 2] ?? 0) * z);

/** From light of these primaries to CIE XYZ. */
function toXyz({ white: ground, red, green, blue }: Primaries): Matrix {
  const [r, g, b] = [xyzOf(red), xyzOf(green), xyzOf(blue)];
  const columns = [0, 1, 2].flatMap((row) => [r[row] ?? 0, g[row] ?? 0, b[row] ?? 0]);
  const scale = applied(inverse(columns), xyzOf(ground));
  return columns.map((value, index) => value * (scale[index % 3] ?? 0));
}

const bradford: Matrix = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296];

/** As `toXyz`, with the primaries' white moved to that of sRGB. */
function adapted(primaries: Primaries): Matrix {
  const from = applied(bradford, xyzOf(primaries.white));
  const to = applied(bradford, xyzOf(srgb.white));
  const ratio = to.map((value, index) => value / (from[index] ?? 1));
  const scale = [ratio[0] ?? 1, 0, 0, 0, ratio[1] ?? 1, 0, 0, 0, ratio[2] ?? 1];
  return product(product(inverse(bradford), product(scale, bradford)), toXyz(primaries));
}
