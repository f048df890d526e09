import sharp from "sharp";

export interface DrawnText {
  text: string;
  x?: number;
  size?: number;
  colour?: string;
  weight?: "normal" | "bold";
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Lines of text, one below the other, as sharp draws them: the colours are known exactly. PNG. */
export function drawnTexts(lines: readonly DrawnText[], ground = "#ffffff", width = 900): Promise<Buffer> {
  const baselines = baselinesOf(lines);
  const texts = lines.map(({ text, x = 24, size = 16, colour = "#000000", weight = "normal" }, index) => {
    const y = baselines[index];
    return `<text x="${x}" y="${y}" font-family="DejaVu Sans, sans-serif" font-size="${size}" font-weight="${weight}" fill="${colour}">${escaped(text)}</text>`;
  });
  return drawn(texts.join(""), width, (baselines.at(-1) ?? 0) + 30, ground);
}

/** Where `drawnTexts` puts its lines. */
export function baselinesOf(lines: readonly DrawnText[]): number[] {
  let y = 20;
  return lines.map(({ size = 16 }) => {
    y += Math.ceil(size * 1.2) + 14;
    return y;
  });
}

/** Shapes of SVG on a ground. PNG. */
export function drawn(shapes: string, width: number, height: number, ground = "#ffffff"): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes}</svg>`;
  return sharp({ create: { width, height, channels: 3, background: ground } })
    .composite([{ input: Buffer.from(svg) }])
    .png()
    .toBuffer();
}
