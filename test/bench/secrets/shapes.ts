/** What a secret is drawn as. Places are in pixels of its own cell, whose size is below. */
export interface Shape {
  /** The size of a cell; a picture holds several. */
  cell: { width: number; height: number };
  ground: string;
  /** SVG that is drawn below the secret. */
  under?: (width: number) => string;
  /** SVG of the words before and of the secret. */
  draw(before: string, secret: string): { before: string; secret: string };
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const text = (x: number, y: number, words: string, attributes: string): string =>
  `<text x="${x}" y="${y}" xml:space="preserve" ${attributes}>${escaped(words)}</text>`;

interface Look {
  ink?: string;
  size?: number;
  family?: string;
  more?: string;
  x?: number;
  y?: number;
}
const style = ({ ink = "#000000", size = 15, family = "DejaVu Sans", more = "" }: Look) =>
  `font-family="${family}" font-size="${size}" fill="${ink}" ${more}`;
/** Letters of these fonts are about so wide, in font sizes. */
const advance = (family: string) => (family.includes("Mono") ? 0.603 : 0.6);

/** The words before on one line, the secret after them or below. */
function line(
  look: Look,
  cell = { width: 760, height: 46 },
  ground = "#ffffff",
  under?: Shape["under"],
): Shape {
  const { x = 16, y = 30, size = 15, family = "DejaVu Sans" } = look;
  return {
    cell,
    ground,
    ...(under ? { under } : {}),
    draw: (before, secret) => ({
      before: text(x, y, before, style(look)),
      secret: text(
        x + before.length * size * (advance(family) + 0.04) + (before === "" ? 0 : 4),
        y,
        secret,
        style(look),
      ),
    }),
  };
}

const turned = (degrees: number, cell: Shape["cell"], at: string): Shape => {
  const plain = line({ x: 0, y: 0 });
  const group = (words: string) => `<g transform="translate(${at}) rotate(${degrees})">${words}</g>`;
  return {
    cell,
    ground: "#ffffff",
    draw: (before, secret) => {
      const drawn = plain.draw(before, secret);
      return { before: group(drawn.before), secret: group(drawn.secret) };
    },
  };
};

const stripes = (width: number): string =>
  Array.from(
    { length: width / 12 },
    (_, index) => `<rect x="${index * 12}" width="6" height="46" fill="#e3e8ef"/>`,
  ).join("");
const photo = (width: number): string =>
  Array.from(
    { length: width / 5 },
    (_, index) =>
      `<circle cx="${(index * 37) % width}" cy="${(index * 23) % 60}" r="${6 + ((index * 7) % 13)}" fill="hsl(${(index * 53) % 360} 40% ${30 + ((index * 11) % 40)}%)"/>`,
  ).join("");

export const shapes: Record<string, Shape> = {
  plain: line({}),
  "white on selection blue": line(
    { ink: "#ffffff" },
    undefined,
    "#ffffff",
    () => `<rect x="8" y="12" width="700" height="26" fill="#0a64d8"/>`,
  ),
  "black on marker yellow": line(
    {},
    undefined,
    "#ffffff",
    () => `<rect x="8" y="12" width="700" height="26" fill="#fff200"/>`,
  ),
  "over two lines": {
    cell: { width: 760, height: 66 },
    ground: "#ffffff",
    draw: (before, secret) => {
      const middle = Math.floor(secret.length / 2);
      const second = text(16, 50, secret.slice(middle).trim(), style({}));
      const first = line({}).draw(before, secret.slice(0, middle).trim());
      return { before: first.before, secret: first.secret + second };
    },
  },
  "turned by 5°": turned(5, { width: 760, height: 110 }, "16 24"),
  "turned by 90°": turned(90, { width: 46, height: 760 }, "16 16"),
  "turned by 180°": turned(180, { width: 760, height: 46 }, "744 18"),
  "a letter a box": {
    cell: { width: 1500, height: 60 },
    ground: "#ffffff",
    draw: (before, secret) => {
      const letters = [...secret.replaceAll(" ", "")];
      const boxes = letters.map(
        (_, index) =>
          `<rect x="${140 + index * 30}" y="10" width="26" height="34" fill="none" stroke="#8c959f"/>`,
      );
      return {
        before: text(16, 33, before, style({})) + boxes.join(""),
        secret: letters
          .map((letter, index) => text(148 + index * 30, 33, letter, style({ size: 18 })))
          .join(""),
      };
    },
  },
  "7 px": line({ size: 9.5 }, { width: 760, height: 30 }),
  "on a pattern": line({}, undefined, "#ffffff", stripes),
  "letter-spaced": line({ more: 'letter-spacing="5"' }, { width: 1300, height: 46 }),
  "chat bubble": line(
    { ink: "#ffffff", x: 40 },
    undefined,
    "#f2f2f7",
    () => `<rect x="20" y="8" width="720" height="34" rx="17" fill="#0b84ff"/>`,
  ),
  "terminal prompt": line({ ink: "#4af626", family: "DejaVu Sans Mono", size: 14 }, undefined, "#0c0c0c"),
  table: line(
    { x: 30 },
    undefined,
    "#ffffff",
    (width) => `<path d="M8 8H${width - 8}V42H8Z M20 8V42" fill="none" stroke="#d0d7de"/>`,
  ),
  "form with dots": line(
    { x: 30 },
    undefined,
    "#ffffff",
    () =>
      `<rect x="10" y="8" width="730" height="34" fill="#f6f8fa" stroke="#8c959f"/><text x="700" y="30" font-size="15">••••</text>`,
  ),
  "sticker over a photo": line(
    { x: 40, size: 17 },
    { width: 760, height: 60 },
    "#556b2f",
    (width) => `${photo(width)}<rect x="20" y="8" width="700" height="40" fill="#fffbe6"/>`,
  ),
  "phone screen": line({ size: 28, y: 44 }, { width: 1500, height: 70 }),
  dark: line({ ink: "#e6edf3" }, undefined, "#0d1117"),
  light: line({ ink: "#57606a" }, undefined, "#f6f8fa"),
  serif: line({ family: "DejaVu Serif" }, { width: 860, height: 46 }),
  monospace: line({ family: "DejaVu Sans Mono" }),
  condensed: line({ family: "DejaVu Sans Condensed" }),
  bold: line({ more: 'font-weight="bold"' }, { width: 900, height: 46 }),
  Inter: line({ family: "Inter, sans-serif" }),
};
