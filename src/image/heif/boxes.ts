/** A box of an ISO media file (ISO/IEC 14496-12). */
export interface Box {
  type: string;
  /** What it holds, after size and type. */
  body: Uint8Array;
}

/**
 * The boxes that stand one after the other. One that reaches beyond the end is given as far as it goes: a file's
 * beginning tells as much as it can.
 */
export function* boxesIn(bytes: Uint8Array): Generator<Box> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let offset = 0; offset + 8 <= bytes.length; ) {
    let size = view.getUint32(offset);
    let head = 8;
    if (size === 1 && offset + 16 <= bytes.length) {
      size = Number(view.getBigUint64(offset + 8));
      head = 16;
    } else if (size === 0) size = bytes.length - offset;
    if (size < head) return;
    const type = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    yield { type, body: bytes.subarray(offset + head, Math.min(offset + size, bytes.length)) };
    offset += size;
  }
}

/** Reads big-endian numbers, one after the other. Beyond the end they are 0. */
export class Reader {
  at = 0;
  constructor(private readonly bytes: Uint8Array) {}

  /** @param size bytes, up to 8 */
  next(size: number): number {
    let value = 0;
    for (let n = 0; n < size; n++) value = value * 256 + (this.bytes[this.at++] ?? 0);
    return value;
  }

  text(size: number): string {
    return Array.from({ length: size }, () => String.fromCharCode(this.next(1))).join("");
  }

  rest(): Uint8Array {
    return this.bytes.subarray(this.at);
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }
}
