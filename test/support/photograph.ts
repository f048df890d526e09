import type { Browser } from "playwright-core";
import sharp from "sharp";

/** How a drawing is photographed. */
export interface Shot {
  /** Degrees: how far the camera stands aside, above, and how it is tilted. */
  aside: number;
  above: number;
  tilt: number;
  /** How dark the shadow is, and how bright the lamp's glare, from 0 to 1. */
  shadow: number;
  glare: number;
  /** How much of the marker's colour is left, from 0 to 1. */
  ink: number;
}

export const usualShot: Shot = { aside: -14, above: 7, tilt: 1.2, shadow: 0.4, glare: 0.87, ink: 1 };

/** A photograph of a drawing on a board: seen from the side, with a lamp's glare, a shadow and the sensor's noise. */
export async function photograph(
  browser: Browser,
  drawing: Buffer,
  shot: Shot = usualShot,
  density = 1,
): Promise<Buffer> {
  const [width, height] = [1600, 1200];
  const { aside, above, tilt, shadow, glare, ink } = shot;
  const tab = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: density });
  await tab.setContent(`<body style="margin:0;background:#6d675f;overflow:hidden">
    <div style="perspective:2200px;width:${width}px;height:${height}px;display:grid;place-items:center">
      <div style="transform:rotateY(${aside}deg) rotateX(${above}deg) rotateZ(${tilt}deg);border:14px solid #b9bcc0;background:#f7f7f3">
        <img style="display:block;width:1400px;opacity:${ink};mix-blend-mode:multiply" src="data:image/png;base64,${drawing.toString("base64")}"></div></div>
    <div style="position:fixed;inset:0;background:
      radial-gradient(circle 260px at 78% 18%, rgba(255,255,255,${glare}), #fff0),
      linear-gradient(115deg, #0000 45%, rgba(0,0,0,${shadow}))"></div></body>`);
  const clean = await tab.screenshot();
  await tab.close();
  const noise = await sharp({
    create: {
      width: width * density,
      height: height * density,
      channels: 3,
      background: "#808080",
      noise: { type: "gaussian", mean: 128, sigma: 9 },
    },
  })
    .png()
    .toBuffer();
  return sharp(clean)
    .composite([{ input: noise, blend: "soft-light" }])
    .jpeg({ quality: 78 })
    .toBuffer();
}
