import type { Size } from "../limits.js";
import type { OwnLine, OwnWord } from "../own.js";
import { type Pdfium, withRoom } from "./pdfium.js";

/** A page with more is no text that anybody reads. */
const mostCharacters = 200_000;

/** `FPDF_TEXTRENDERMODE_FILL` and `_FILL_CLIP`: those that show the fill's colour alone. */
const filled = [0, 4];
/** `FPDF_TEXTRENDERMODE_INVISIBLE` and `_CLIP`: such as what OCR has laid beneath a scan. */
const unseen = [3, 7];

/** Coordinates are told in whole numbers: of parts of a pixel. */
const parts = 32;

type Style = Pick<OwnLine, "em" | "bold" | "colour">;

/** A line that is being gathered. */
interface Gathered {
  style: Style;
  words: OwnWord[];
}

/**
 * The words that a page holds as text, as they look on it. Not what is there without being drawn.
 *
 * @param size of the page as it is drawn, in pixels
 */
export function ownLinesOf(pdfium: Pdfium, page: number, size: Size): OwnLine[] {
  const text = pdfium.FPDFText_LoadPage(page);
  if (text === 0) return [];
  try {
    return withRoom(pdfium, 64, (room) => linesIn(new Characters(pdfium, page, text, size, room)));
  } finally {
    pdfium.FPDFText_ClosePage(text);
  }
}

function linesIn(characters: Characters): OwnLine[] {
  const lines: Gathered[] = [];
  let [line, word]: [Gathered | undefined, OwnWord | undefined] = [undefined, undefined];
  for (let index = 0; index < characters.count; index++) {
    const sign = characters.sign(index);
    if (sign === "\n" || sign === "\r") [line, word] = [undefined, undefined];
    else if (sign.trim() === "") word = undefined;
    else {
      if (!characters.isDrawn(index)) continue;
      const place = characters.place(index);
      const style = characters.style(index);
      const last = line?.words.at(-1);
      if (!line || !last || !areAlike(line.style, style) || gap(last, place) > style.em * widestGap) {
        word = { ...place, text: sign };
        line = { style, words: [word] };
        lines.push(line);
      } else if (word) Object.assign(word, joined(word, place), { text: word.text + sign });
      else {
        word = { ...place, text: sign };
        line.words.push(word);
      }
    }
  }
  return lines.map(({ style, words }) => ({
    ...style,
    ...words.reduce<Place>(joined, words[0] ?? nowhere),
    words,
  }));
}

/** Words further apart stand in columns of their own. In heights of the font. */
const widestGap = 1.2;

type Place = Pick<OwnWord, "x" | "y" | "width" | "height">;
const nowhere: Place = { x: 0, y: 0, width: 0, height: 0 };

const gap = (one: Place, other: Place): number =>
  Math.max(
    Math.max(one.x, other.x) - Math.min(one.x + one.width, other.x + other.width),
    Math.max(one.y, other.y) - Math.min(one.y + one.height, other.y + other.height),
  );

function joined(one: Place, other: Place): Place {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  };
}

const areAlike = (one: Style, other: Style): boolean =>
  Math.abs(one.em - other.em) < 0.5 && one.bold === other.bold && String(one.colour) === String(other.colour);

/** The characters of a page, one by one. */
class Characters {
  readonly count: number;

  /** @param room 64 bytes for numbers */
  constructor(
    private readonly pdfium: Pdfium,
    private readonly page: number,
    private readonly text: number,
    private readonly size: Size,
    private readonly room: number,
  ) {
    this.count = Math.min(mostCharacters, pdfium.FPDFText_CountChars(text));
  }

  /** A line's end where the text has one; what has no meaning is a space. */
  sign(index: number): string {
    const code = this.pdfium.FPDFText_GetUnicode(this.text, index);
    return code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)
      ? " "
      : String.fromCodePoint(code);
  }

  isDrawn(index: number): boolean {
    return !unseen.includes(this.mode(index));
  }

  /** Pixels of the page as it is drawn. */
  place(index: number): Place {
    const { pdfium, text, room } = this;
    pdfium.FPDFText_GetCharBox(text, index, room, room + 8, room + 16, room + 24);
    const [left, right, bottom, top] = [0, 8, 16, 24].map((at) => this.number(room + at, "double"));
    const one = this.onPage(left ?? 0, top ?? 0);
    const other = this.onPage(right ?? 0, bottom ?? 0);
    return {
      x: Math.min(one.x, other.x),
      y: Math.min(one.y, other.y),
      width: Math.abs(one.x - other.x),
      height: Math.abs(one.y - other.y),
    };
  }

  style(index: number): Style {
    const { pdfium, text, room } = this;
    pdfium.FPDFText_GetMatrix(text, index, room);
    const [c, d] = [this.number(room + 8, "float"), this.number(room + 12, "float")];
    const points = pdfium.FPDFText_GetFontSize(text, index) * Math.hypot(c, d);
    const perPoint = this.size.height / pdfium.FPDF_GetPageHeightF(this.page);
    return { em: points * perPoint, bold: this.isBold(index), colour: this.colour(index) };
  }

  private colour(index: number): OwnLine["colour"] {
    const { pdfium, text, room } = this;
    if (!filled.includes(this.mode(index))) return undefined;
    if (!pdfium.FPDFText_GetFillColor(text, index, room, room + 4, room + 8, room + 12)) return undefined;
    const [red, green, blue, alpha] = [0, 4, 8, 12].map((at) => this.number(room + at, "i32"));
    if (red === undefined || green === undefined || blue === undefined || alpha !== 255) return undefined;
    return [red, green, blue];
  }

  private isBold(index: number): boolean {
    const weight = this.pdfium.FPDFText_GetFontWeight(this.text, index);
    return weight >= 600 || /bold|black|heavy/i.test(this.fontName(index));
  }

  private fontName(index: number): string {
    const { pdfium, text } = this;
    const most = 128;
    return withRoom(pdfium, most + 4, (place) => {
      const length = pdfium.FPDFText_GetFontInfo(text, index, place, most, place + most);
      return length === 0 || length > most ? "" : pdfium.pdfium.UTF8ToString(place);
    });
  }

  private mode(index: number): number {
    const object = this.pdfium.FPDFText_GetTextObject(this.text, index);
    return object === 0 ? 0 : this.pdfium.FPDFTextObj_GetTextRenderMode(object);
  }

  private onPage(x: number, y: number): { x: number; y: number } {
    const { pdfium, page, size, room } = this;
    const [width, height] = [size.width * parts, size.height * parts];
    pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, room + 32, room + 36);
    return { x: this.number(room + 32, "i32") / parts, y: this.number(room + 36, "i32") / parts };
  }

  private number(place: number, type: "double" | "float" | "i32"): number {
    return Number(this.pdfium.pdfium.getValue(place, type));
  }
}
