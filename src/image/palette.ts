import { promisify } from "node:util";
import { crc32, deflate } from "node:zlib";

const compress = promisify(deflate);

/** 8-bit RGB, row by row, without padding. */
export interface Rgb {
  data: Uint8Array;
  width: number;
  height: number;
}

/** Colours are told apart by this many bits a channel: two within 8 steps of 256 count as one. */
const bits = 5;
const shift = 8 - bits;
const bucketOf = (data: Uint8Array, at: number): number =>
  (((data[at] ?? 0) >> shift) << (2 * bits)) |
  (((data[at + 1] ?? 0) >> shift) << bits) |
  ((data[at + 2] ?? 0) >> shift);

/** Looks at every eighth row: whether the picture holds few colours, as screenshots and drawings do. */
function hasFewColours({ data, width, height }: Rgb): boolean {
  const seen = new Uint8Array(1 << (3 * bits));
  let count = 0;
  for (let y = 0; y < height; y += 8) {
    for (let at = y * width * 3, end = at + width * 3; at < end; at += 3) {
      const bucket = bucketOf(data, at);
      if (seen[bucket]) continue;
      seen[bucket] = 1;
      if (++count > 256) return false;
    }
  }
  return true;
}

interface Indexed {
  /** One filter byte and then one index a pixel, for each row. */
  rows: Uint8Array;
  /** RGB triples. */
  colours: Uint8Array;
}

/** One byte a pixel. Each colour is the commonest one of its bucket's first comers, so that grounds stay exact. */
function index({ data, width, height }: Rgb): Indexed | undefined {
  const slotOf = new Int16Array(1 << (3 * bits)).fill(-1);
  const colours = new Uint8Array(256 * 3);
  const weight = new Int32Array(256);
  const rows = new Uint8Array(height * (width + 1));
  let used = 0;
  let to = 0;
  let from = 0;
  for (let y = 0; y < height; y++) {
    to++; // filter "none"
    for (let x = 0; x < width; x++, from += 3) {
      const bucket = bucketOf(data, from);
      let slot = slotOf[bucket] ?? -1;
      if (slot < 0) {
        if (used === 256) return undefined;
        slot = used++;
        slotOf[bucket] = slot;
      }
      const at = slot * 3;
      const same =
        colours[at] === data[from] &&
        colours[at + 1] === data[from + 1] &&
        colours[at + 2] === data[from + 2];
      const votes = weight[slot] ?? 0;
      if (same) weight[slot] = votes + 1;
      else if (votes > 0) weight[slot] = votes - 1;
      else {
        colours.set(data.subarray(from, from + 3), at);
        weight[slot] = 1;
      }
      rows[to++] = slot;
    }
  }
  return { rows, colours: colours.subarray(0, used * 3) };
}

function chunk(type: string, body: Uint8Array): Buffer {
  const out = Buffer.alloc(body.length + 12);
  out.writeUInt32BE(body.length, 0);
  out.write(type, 4, "latin1");
  out.set(body, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + body.length)), 8 + body.length);
  return out;
}

/**
 * A PNG with a palette, for a picture of few colours: sharper than JPEG around text, at less than half its
 * size, and as quick. Each colour is off by less than 8 of 256 steps; the commonest ones are exact.
 *
 * sharp's own palette search takes ten times as long and may dither.
 *
 * @returns undefined when the picture holds more than 256 colours
 */
export async function encodePalette(picture: Rgb): Promise<Uint8Array | undefined> {
  if (!hasFewColours(picture)) return undefined;
  const indexed = index(picture);
  if (!indexed) return undefined;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(picture.width, 0);
  header.writeUInt32BE(picture.height, 4);
  header.set([8, 3, 0, 0, 0], 8); // 8 bits an index, palette colours, the only compression, filter set and interlace
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("PLTE", indexed.colours),
    chunk("IDAT", await compress(indexed.rows, { level: 5 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
