import { boxesIn } from "../../src/image/heif/boxes.js";

/** A picture within an HEIF file that is written. */
export interface Item {
  /** "hvc1", "av01", "grid"; "Exif" for what is no picture. */
  type: string;
  data: Buffer;
  /** Boxes that describe it, whole. */
  properties: Buffer[];
  /** What it is to other items: "thmb", "auxl" or, from a grid to its tiles, "dimg". Numbers from 1. */
  refersTo?: { as: string; items: number[] };
  hidden?: boolean;
}

export function box(type: string, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
}

export function bytes(...numbers: Array<[value: number, size: number]>): Buffer {
  return Buffer.concat(
    numbers.map(([value, size]) => {
      const out = Buffer.alloc(size);
      out.writeUIntBE(value, 0, size);
      return out;
    }),
  );
}

export const nclx = (primaries: number, transfer: number, matrix: number, full: boolean): Buffer =>
  box("colr", Buffer.from("nclx"), bytes([primaries, 2], [transfer, 2], [matrix, 2], [full ? 128 : 0, 1]));
export const iccOf = (profile: Uint8Array): Buffer => box("colr", Buffer.from("prof"), profile);
/** Quarter turns, anticlockwise. */
export const irot = (turns: number): Buffer => box("irot", bytes([turns, 1]));
export const ispe = (width: number, height: number): Buffer =>
  box("ispe", bytes([0, 4], [width, 4], [height, 4]));

/** Writes an HEIF file. Items are numbered from 1. */
export function writeHeif(items: readonly Item[], primary = 1, brand = "heic"): Buffer {
  const ftyp = box("ftyp", Buffer.from(brand), bytes([0, 4]), Buffer.from(`mif1${brand}`));
  const all: Buffer[] = [];
  const associations = items.map(({ properties }, index) => {
    const places = properties.map((property) => {
      all.push(property);
      return bytes([all.length, 1]);
    });
    return Buffer.concat([bytes([index + 1, 2], [places.length, 1]), ...places]);
  });
  const references = items.flatMap(({ refersTo }, index) =>
    refersTo
      ? [
          box(
            refersTo.as,
            bytes(
              [index + 1, 2],
              [refersTo.items.length, 2],
              ...refersTo.items.map((to): [number, number] => [to, 2]),
            ),
          ),
        ]
      : [],
  );
  const infos = items.map(({ type, hidden }, index) =>
    box("infe", bytes([2, 1], [hidden ? 1 : 0, 3], [index + 1, 2], [0, 2]), Buffer.from(`${type}\0`)),
  );
  const meta = (dataAt: number) => {
    let from = dataAt;
    const places = items.map(({ data }, index) => {
      const place = bytes([index + 1, 2], [0, 2], [1, 2], [from, 4], [data.length, 4]);
      from += data.length;
      return place;
    });
    return box(
      "meta",
      bytes([0, 4]),
      box("hdlr", bytes([0, 4], [0, 4]), Buffer.from("pict"), Buffer.alloc(13)),
      box("pitm", bytes([0, 4], [primary, 2])),
      box("iloc", bytes([0, 4], [0x44, 1], [0, 1], [items.length, 2]), ...places),
      box("iinf", bytes([0, 4], [items.length, 2]), ...infos),
      ...(references.length > 0 ? [box("iref", bytes([0, 4]), ...references)] : []),
      box("iprp", box("ipco", ...all), box("ipma", bytes([0, 4], [items.length, 4]), ...associations)),
    );
  };
  const dataAt = ftyp.length + meta(0).length + 8;
  return Buffer.concat([ftyp, meta(dataAt), box("mdat", ...items.map(({ data }) => data))]);
}

/** The one picture of a file, to be written anew: its data and the boxes that its decoder needs. */
export function onlyItem(file: Buffer): Item {
  const found = new Map<string, Uint8Array>();
  const collect = (inside: Uint8Array) => {
    for (const { type, body } of boxesIn(inside)) {
      if (!found.has(type)) found.set(type, body);
      if (type === "meta") collect(body.subarray(4));
      if (type === "iprp" || type === "ipco") collect(body);
    }
  };
  collect(file);
  const keep = ["hvcC", "av1C", "ispe", "pixi", "clap"];
  const properties = keep.flatMap((type) => {
    const body = found.get(type);
    return body ? [box(type, body)] : [];
  });
  const data = found.get("mdat");
  if (!data) throw new Error("The file holds no picture");
  return { type: found.has("hvcC") ? "hvc1" : "av01", data: Buffer.from(data), properties };
}
