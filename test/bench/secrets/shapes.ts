/** What a secret is drawn as. Places are in pixels of its own cell, whose size is below. */
export interface Shape {
  /** The size of a cell; a picture holds several. */
  cell: { width: number; height: number };
  ground: string;
  /** SVG that is drawn below the secret. */
  under?: (width: number) => string;
  /** SVG of the words before and of the secret, or of the secret alone at the same place. */
  draw(before: string, secret: string, isAlone: boolean): string;
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
/** Words and what follows them: what is not drawn takes its room. */
const spans = (before: string, secret: string, isAlone: boolean, x: number, y: number, attributes: string) =>
  `<text x="${x}" y="${y}" xml:space="preserve" ${attributes}><tspan${isAlone ? ' fill="none"' : ""}>${escaped(before)}</tspan>${escaped(secret)}</text>`;

/** The words before on one line, the secret after them. */
function line(
  look: Look,
  cell = { width: 760, height: 46 },
  ground = "#ffffff",
  under?: Shape["under"],
): Shape {
  const { x = 16, y = 30 } = look;
  return {
    cell,
    ground,
    ...(under ? { under } : {}),
    draw: (before, secret, isAlone) => spans(before, secret, isAlone, x, y, style(look)),
  };
}

const turned = (degrees: number, cell: Shape["cell"], at: string): Shape => {
  const plain = line({ x: 0, y: 0 });
  return {
    cell,
    ground: "#ffffff",
    draw: (before, secret, isAlone) =>
      `<g transform="translate(${at}) rotate(${degrees})">${plain.draw(before, secret, isAlone)}</g>`,
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
    draw: (before, secret, isAlone) => {
      const middle = Math.floor(secret.length / 2);
      const second = text(16, 50, secret.slice(middle).trim(), style({}));
      return line({}).draw(before, secret.slice(0, middle).trim(), isAlone) + second;
    },
  },
  "turned by 5°": turned(5, { width: 760, height: 110 }, "16 24"),
  "turned by 90°": turned(90, { width: 46, height: 760 }, "16 16"),
  "turned by 180°": turned(180, { width: 760, height: 46 }, "744 18"),
  "a letter a box": {
    cell: { width: 1500, height: 60 },
    ground: "#ffffff",
    draw: (before, secret, isAlone) => {
      const letters = [...secret.replaceAll(" ", "")];
      const boxes = letters.map(
        (_, index) =>
          `<rect x="${140 + index * 30}" y="10" width="26" height="34" fill="none" stroke="#8c959f"/>`,
      );
      const own = letters.map((letter, index) => text(148 + index * 30, 33, letter, style({ size: 18 })));
      return (isAlone ? "" : text(16, 33, before, style({})) + boxes.join("")) + own.join("");
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
  "Liberation Sans": line({ family: "Liberation Sans" }),
};
