import type { Scheme } from "./pages.js";

/** One way of taking a picture of a page. */
export interface Shot {
  name: string;
  /** CSS pixels. */
  width: number;
  height: number;
  ratio: 1 | 2 | 3;
  phone: boolean;
  scheme: Scheme;
  /** Whether letters are drawn with red, green and blue apart, as ClearType does. */
  subpixel: boolean;
  formats: Array<"PNG" | "JPEG">;
}

/** The plainest way. */
export const plainShot: Shot = {
  name: "plain",
  width: 1280,
  height: 900,
  ratio: 1,
  phone: false,
  scheme: "light",
  subpixel: false,
  formats: ["PNG"],
};

const desktop = { width: 1280, height: 900, phone: false, subpixel: false };
const phone = { width: 390, height: 844, phone: true, subpixel: false };

const shots = {
  desktop: { ...desktop, name: "desktop 1×", ratio: 1, scheme: "light", formats: ["PNG", "JPEG"] },
  dense: { ...desktop, name: "desktop 2×", ratio: 2, scheme: "light", formats: ["PNG"] },
  subpixel: { ...desktop, name: "subpixel 1×", ratio: 1, scheme: "light", formats: ["PNG"], subpixel: true },
  dark: { ...desktop, name: "dark 1×", ratio: 1, scheme: "dark", formats: ["PNG"] },
  darkDense: { ...desktop, name: "dark 2×", ratio: 2, scheme: "dark", formats: ["PNG", "JPEG"] },
  phone: { ...phone, name: "phone 2×", ratio: 2, scheme: "light", formats: ["PNG", "JPEG"] },
  phoneDense: { ...phone, name: "phone 3×", ratio: 3, scheme: "light", formats: ["PNG"] },
  phoneDark: { ...phone, name: "phone 3× dark", ratio: 3, scheme: "dark", formats: ["PNG"] },
} satisfies Record<string, Shot>;

/** Each page is taken in three ways, the next one in others, so that all occur in every kind of page. */
const rounds: Shot[][] = [
  [shots.desktop, shots.phone, shots.dark],
  [shots.subpixel, shots.dense, shots.phoneDark],
  [shots.desktop, shots.darkDense, shots.phoneDense],
];

export const shotsOf = (index: number): Shot[] => rounds[index % rounds.length] ?? [];
