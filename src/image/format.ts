import { readHeif } from "./heif/heif.js";

/** The kinds of picture that can be read. */
export type Format = "jpeg" | "png" | "gif" | "webp" | "avif" | "tiff" | "svg" | "bmp" | "heic" | "pdf";

/** The file name endings that pictures have: in menus, file dialogs and folders. What a file is, is decided by its bytes. */
export const pictureExtensions = [
  ...["png", "apng", "jpg", "jpeg", "jpe", "jfif", "pjpeg", "gif", "webp", "avif"],
  ...["tif", "tiff", "svg", "bmp", "dib", "heic", "heif", "hif"],
];

/** The file name endings of documents: every page of one is a picture. */
export const documentExtensions = ["pdf"];

const ascii = (bytes: Uint8Array, start: number, end: number): string =>
  String.fromCharCode(...bytes.subarray(start, end));

/** ISO base media brands (the four letters in `ftyp`) that are pictures, by codec. */
const heifBrands: Record<string, Format> = {
  avif: "avif",
  avis: "avif",
  heic: "heic",
  heix: "heic",
  hevc: "heic",
  hevx: "heic",
  heim: "heic",
  heis: "heic",
};
/** Brands of pictures whatever their codec is. */
const neutralBrands = ["mif1", "mif2", "mif3", "msf1", "miaf"];
const heifCodecs: Record<string, Format> = { av01: "avif", hvc1: "heic", hev1: "heic" };

function isoMediaFormat(bytes: Uint8Array): Format | undefined {
  if (ascii(bytes, 4, 8) !== "ftyp") return undefined;
  const { brands, primary } = readHeif(bytes);
  const named = brands.find((brand) => brand in heifBrands);
  if (named !== undefined) return heifBrands[named];
  return brands.some((brand) => neutralBrands.includes(brand)) ? heifCodecs[primary?.type ?? ""] : undefined;
}

/** The beginning of a text file without byte order mark, XML declaration, comments and DOCTYPE. */
function firstElement(bytes: Uint8Array): string {
  const [a, b] = bytes;
  const encoding = a === 0xff && b === 0xfe ? "utf-16le" : a === 0xfe && b === 0xff ? "utf-16be" : "utf-8";
  const head = new TextDecoder(encoding).decode(bytes.subarray(0, 4096));
  return head
    .replace(/^\uFEFF/, "")
    .replace(/^(\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^[>]*(\[[\s\S]*?\])?\s*>)+/i, "");
}

/** What the bytes are, by their content alone; undefined if they are no picture that can be read. */
export function detectFormat(bytes: Uint8Array): Format | undefined {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xd8 && c === 0xff) return "jpeg";
  if (ascii(bytes, 0, 8) === "\x89PNG\r\n\x1a\n") return "png";
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return "gif";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "webp";
  // 42, or with offsets of 64 bits 43.
  if (/^(II[*+]\0|MM\0[*+])/.test(ascii(bytes, 0, 4))) return "tiff";
  if (ascii(bytes, 0, 2) === "BM" && bytes.length > 26 && bytes[14] !== undefined && bytes[15] === 0)
    return "bmp";
  if (bytes.length >= 12) {
    const media = isoMediaFormat(bytes);
    if (media) return media;
  }
  if (/^<([^\s<>/:"'=]+:)?svg[\s>/]/.test(firstElement(bytes))) return "svg";
  // Readers take a file for one wherever this stands near its beginning.
  return ascii(bytes, 0, 1024).includes("%PDF-") ? "pdf" : undefined;
}

/** What is not read: how it is known, what it is (the end of a sentence), and what to do. */
interface OtherKind {
  pattern: RegExp;
  what: string;
  advice?: string;
}

const takeShot = "Pause it at the moment that matters, take a screenshot and choose that.";
const exportPage = "Export the page that matters as PNG and choose that picture.";
const asPng = "Save it as PNG and choose that picture.";

const otherKinds: readonly OtherKind[] = [
  { pattern: /^%!PS/, what: "a PostScript document", advice: exportPage },
  { pattern: /^\xd0\xcf\x11\xe0/, what: "an Office document", advice: exportPage },
  { pattern: /^PK\x03\x04/, what: "a ZIP archive (or an Office document)" },
  { pattern: /^\x1f\x8b/, what: "a gzip archive" },
  { pattern: /^....ftypqt/s, what: "a QuickTime video", advice: takeShot },
  { pattern: /^....ftypcrx/s, what: "a camera's raw picture", advice: asPng },
  { pattern: /^....ftyp/s, what: "an MP4 video or another ISO media file", advice: takeShot },
  { pattern: /^....(moov|mdat|wide|free)/s, what: "a QuickTime video", advice: takeShot },
  { pattern: /^\x1a\x45\xdf\xa3/, what: "a WebM or Matroska video", advice: takeShot },
  { pattern: /^RIFF....AVI /s, what: "an AVI video", advice: takeShot },
  { pattern: /^FLV\x01/, what: "a Flash video", advice: takeShot },
  { pattern: /^\x30\x26\xb2\x75/, what: "a Windows Media video", advice: takeShot },
  { pattern: /^\x00\x00\x01(\xba|\xb3)/, what: "an MPEG video", advice: takeShot },
  { pattern: /^8BPS/, what: "a Photoshop document", advice: asPng },
  { pattern: /^\x00\x00[\x01\x02]\x00/, what: "an icon file", advice: asPng },
  { pattern: /^(\xff\x0a|\x00\x00\x00\x0cJXL )/, what: "a JPEG XL picture", advice: asPng },
  { pattern: /^(\x00\x00\x00\x0cjP {2}|\xff\x4f\xff\x51)/, what: "a JPEG 2000 picture", advice: asPng },
  { pattern: /^qoif/, what: "a QOI picture", advice: asPng },
  { pattern: /^gimp xcf/, what: "a GIMP document", advice: asPng },
  { pattern: /^P[1-7]\s/, what: "a Netpbm picture", advice: asPng },
  { pattern: /^(ID3|\xff\xfb|OggS|fLaC|RIFF)/, what: "a sound or video file" },
  { pattern: /^(\x7fELF|MZ)/, what: "a program" },
  {
    pattern: /^<!doctype html|^<html/i,
    what: "a web page",
    advice: "Take a screenshot of it and choose that.",
  },
  {
    pattern: /^version https:\/\/git-lfs/,
    what: "a Git LFS pointer, not the picture itself",
    advice: "Fetch it with `git lfs pull`.",
  },
];

/** How the codec of a picture in an HEIF file is called. */
const heifCodecNames: Record<string, string> = {
  vvc1: "VVC",
  evc1: "EVC",
  avc1: "AVC",
  jpeg: "JPEG",
  j2k1: "JPEG 2000",
  unci: "uncompressed pixels",
};

const anyPicture = "Choose a JPEG, PNG, GIF, WebP, AVIF, TIFF, SVG, BMP or HEIC picture, or a PDF.";

/** What unusable bytes seem to be, as the end of a sentence ("a PDF document"), and what to do about it. */
export function describeUnknown(bytes: Uint8Array): { what: string; advice: string } {
  if (bytes.length === 0) return { what: "empty", advice: anyPicture };
  const head = ascii(bytes, 0, 64);
  const codec = ascii(bytes, 4, 8) === "ftyp" ? readHeif(bytes).primary?.type : undefined;
  if (codec !== undefined)
    return {
      what: `an HEIF picture coded as ${heifCodecNames[codec] ?? codec}, which is not read here`,
      advice: asPng,
    };
  const known = otherKinds.find(({ pattern }) => pattern.test(head));
  if (known) return { what: known.what, advice: known.advice ?? anyPicture };
  const isText = /^[\t\n\r\x20-\x7e]*$/.test(head);
  return { what: isText ? "a text file" : "no kind of picture that is known here", advice: anyPicture };
}
