/** The kinds of picture that can be read. */
export type Format = "jpeg" | "png" | "gif" | "webp" | "avif" | "tiff" | "svg" | "bmp" | "heic";

/** The file name endings offered in menus and file dialogs. What a file is, is decided by its bytes. */
export const pictureExtensions = [
  "png",
  "jpg",
  "jpeg",
  "gif",
  "webp",
  "avif",
  "tif",
  "tiff",
  "svg",
  "bmp",
  "heic",
  "heif",
] as const;

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

function isoMediaFormat(bytes: Uint8Array): Format | undefined {
  if (ascii(bytes, 4, 8) !== "ftyp") return undefined;
  const size = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  // The major brand may be the neutral "mif1"; then a compatible brand names the codec.
  for (let at = 8; at + 4 <= Math.min(size, bytes.length, 256); at += 4) {
    const format = heifBrands[ascii(bytes, at, at + 4)];
    if (format) return format;
  }
  return undefined;
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
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xd8 && c === 0xff) return "jpeg";
  if (ascii(bytes, 0, 8) === "\x89PNG\r\n\x1a\n") return "png";
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return "gif";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "webp";
  if (
    (a === 0x49 && b === 0x49 && c === 0x2a && d === 0) ||
    (a === 0x4d && b === 0x4d && c === 0 && d === 0x2a)
  )
    return "tiff";
  if (ascii(bytes, 0, 2) === "BM" && bytes.length > 26 && bytes[14] !== undefined && bytes[15] === 0)
    return "bmp";
  if (bytes.length >= 12) {
    const media = isoMediaFormat(bytes);
    if (media) return media;
  }
  return /^<([^\s<>/:"'=]+:)?svg[\s>/]/.test(firstElement(bytes)) ? "svg" : undefined;
}

const otherKinds: ReadonlyArray<[RegExp, string]> = [
  [/^%PDF-/, "a PDF document"],
  [/^PK\x03\x04/, "a ZIP archive (or an Office document)"],
  [/^\x1f\x8b/, "a gzip archive"],
  [/^....ftyp/s, "a video or another ISO media file"],
  [/^8BPS/, "a Photoshop document"],
  [/^\x00\x00\x01\x00/, "an icon file"],
  [/^(\xff\x0a|\x00\x00\x00\x0cJXL )/, "a JPEG XL picture"],
  [/^(ID3|\xff\xfb|OggS|fLaC|RIFF)/, "a sound or video file"],
  [/^(\x7fELF|MZ)/, "a program"],
  [/^<!doctype html|^<html/i, "a web page"],
  [/^version https:\/\/git-lfs/, "a Git LFS pointer, not the picture itself"],
];

/** What unusable bytes seem to be, as the end of a sentence: "a PDF document". */
export function describeUnknown(bytes: Uint8Array): string {
  if (bytes.length === 0) return "empty";
  const head = ascii(bytes, 0, 64);
  const known = otherKinds.find(([pattern]) => pattern.test(head));
  if (known) return known[1];
  return /^[\t\n\r\x20-\x7e]*$/.test(head) ? "a text file" : "no kind of picture that is known here";
}
