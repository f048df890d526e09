import { type Coding, codingOf } from "../colour/coding.js";
import { type Box, boxesIn, Reader } from "./boxes.js";

/** A picture within an HEIF file (HEIC, AVIF). */
export interface HeifPicture {
  id: number;
  /** Four letters that name its codec, or how it is put together ("grid"). */
  type: string;
  properties: Box[];
}

/** What an HEIF file says of the pictures in it. */
export interface Heif {
  /** Four letters each, the main one first. */
  brands: string[];
  primary: HeifPicture | undefined;
  /** Pictures of their own: no tiles, thumbnails or masks. */
  pictures: number;
  /** Whether there is an animation or a video. */
  hasTrack: boolean;
}

/** References that make a picture a part of another one, from the part or to it. */
const fromPart = ["thmb", "auxl"];
const toPart = "dimg";
const codecs = [
  "hvc1",
  "hev1",
  "av01",
  "avc1",
  "jpeg",
  "j2k1",
  "vvc1",
  "evc1",
  "unci",
  "mski",
  "grid",
  "iovl",
  "iden",
  "tmap",
];

/** Reads what the boxes before the pictures' data say. */
export function readHeif(bytes: Uint8Array): Heif {
  const heif: Heif = { brands: [], primary: undefined, pictures: 0, hasTrack: false };
  for (const { type, body } of boxesIn(bytes)) {
    if (type === "ftyp") {
      const reader = new Reader(body);
      heif.brands.push(reader.text(4));
      reader.next(4);
      while (!reader.isAtEnd) heif.brands.push(reader.text(4));
    } else if (type === "meta") readMeta(body.subarray(4), heif);
    else if (type === "moov") heif.hasTrack = true;
  }
  return heif;
}

function readMeta(body: Uint8Array, heif: Heif): void {
  const pictures = new Map<number, HeifPicture & { hidden: boolean }>();
  const parts = new Set<number>();
  let primary = 0;
  let properties: Uint8Array = new Uint8Array();
  for (const { type, body: inner } of boxesIn(body)) {
    const reader = new Reader(inner);
    const version = reader.next(1);
    reader.next(3);
    if (type === "pitm") primary = reader.next(version === 0 ? 2 : 4);
    if (type === "iprp") properties = inner;
    if (type === "iref") readReferences(reader, version, parts);
    if (type !== "iinf") continue;
    reader.next(version === 0 ? 2 : 4);
    for (const entry of boxesIn(reader.rest())) {
      const item = new Reader(entry.body);
      const of = item.next(1);
      const hidden = (item.next(3) & 1) === 1;
      if (of < 2) continue;
      const id = item.next(of === 2 ? 2 : 4);
      item.next(2);
      const kind = item.text(4);
      if (codecs.includes(kind)) pictures.set(id, { id, type: kind, hidden, properties: [] });
    }
  }
  readProperties(properties, pictures);
  heif.primary = pictures.get(primary);
  heif.pictures = [...pictures.values()].filter(({ id, hidden }) => !hidden && !parts.has(id)).length;
}

function readReferences(reader: Reader, version: number, parts: Set<number>): void {
  const size = version === 0 ? 2 : 4;
  for (const { type, body } of boxesIn(reader.rest())) {
    const reference = new Reader(body);
    const from = reference.next(size);
    const count = reference.next(2);
    if (fromPart.includes(type)) parts.add(from);
    if (type === toPart) for (let n = 0; n < count; n++) parts.add(reference.next(size));
  }
}

function readProperties(iprp: Uint8Array, pictures: ReadonlyMap<number, HeifPicture>): void {
  const all: Box[] = [];
  for (const { type, body } of boxesIn(iprp)) {
    if (type === "ipco") all.push(...boxesIn(body));
    if (type !== "ipma") continue;
    const reader = new Reader(body);
    const version = reader.next(1);
    const isWide = (reader.next(3) & 1) === 1;
    const entries = reader.next(4);
    for (let entry = 0; entry < entries && !reader.isAtEnd; entry++) {
      const picture = pictures.get(reader.next(version === 0 ? 2 : 4));
      const count = reader.next(1);
      for (let n = 0; n < count; n++) {
        const property = all[(reader.next(isWide ? 2 : 1) & (isWide ? 0x7fff : 0x7f)) - 1];
        if (property) picture?.properties.push(property);
      }
    }
  }
}

/** Pixels, upright; undefined when the file does not say. */
export function sizeOf({ properties }: HeifPicture): { width: number; height: number } | undefined {
  let size: { width: number; height: number } | undefined;
  for (const { type, body } of properties) {
    const reader = new Reader(body);
    if (type === "ispe") {
      reader.next(4);
      size = { width: reader.next(4), height: reader.next(4) };
    } else if (type === "clap" && size) {
      const fraction = () => Math.round(reader.next(4) / Math.max(1, reader.next(4)));
      size = { width: Math.min(size.width, fraction()), height: Math.min(size.height, fraction()) };
    } else if (type === "irot" && size && reader.next(1) % 2 === 1)
      size = { width: size.height, height: size.width };
  }
  return size;
}

/** What the file says of its colours: an ICC profile, or numbers. */
export function colourOf({ properties }: HeifPicture): { profile?: Uint8Array; coding?: Coding } {
  const found: { profile?: Uint8Array; coding?: Coding } = {};
  for (const { type, body } of properties) {
    if (type !== "colr") continue;
    const reader = new Reader(body);
    const kind = reader.text(4);
    if (kind === "prof" || kind === "rICC") found.profile = reader.rest();
    else if (kind === "nclx") {
      const [primaries, transfer] = [reader.next(2), reader.next(2)];
      reader.next(2);
      found.coding = codingOf(primaries, transfer, reader.next(1) < 128);
    }
  }
  return found;
}
