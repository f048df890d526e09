import { type FieldPage, pages } from "../measure/pages.js";
import { plainShot, type Shot } from "../measure/shots.js";

/** A page that a prompt is tried on, and how it is taken. */
export interface Screen {
  name: string;
  page: FieldPage;
  shot: Shot;
}

const phone = { width: 390, height: 844, phone: true } as const;

/** Pages that may be looked at, of all kinds; desktop and phone, light and dark, of 1, 2 and 3 pixels a CSS pixel. */
const chosen: ReadonlyArray<readonly [page: string, how: Partial<Shot>]> = [
  ["halfmoon/dashboard", {}],
  ["halfmoon/settings", { ...phone, ratio: 3 }],
  ["water.css/dialog", {}],
  ["water.css/registration", { ratio: 2 }],
  ["98.css/desktop", {}],
  ["infima/docs", { scheme: "dark" }],
  ["infima/landing", { ...phone, ratio: 2 }],
  ["prismjs/light", {}],
  ["chartist/lines", { scheme: "dark" }],
  ["flatpickr/booking", {}],
  ["milligram/order", { ...phone, ratio: 2 }],
  ["browser-forms/toolbar", {}],
];

export const screens: Screen[] = chosen.map(([name, how]) => {
  const page = pages.find((one) => one.name === name);
  if (page?.half !== "tuning") throw new Error(`${name} is no page that may be looked at`);
  return { name: name.replace("/", "-"), page, shot: { ...plainShot, name, ...how } };
});
