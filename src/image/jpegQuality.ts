/**
 * The quality that a JPEG was saved with, 1 to 100, from its first table of quantisation: the inverse of how
 * libjpeg scales the table of the standard (ITU-T T.81, annex K.1).
 *
 * @returns undefined when there is no such table
 */
export function jpegQuality(bytes: Uint8Array): number | undefined {
  for (let offset = 2; offset + 4 < bytes.length && bytes[offset] === 0xff; ) {
    const marker = bytes[offset + 1];
    const length = ((bytes[offset + 2] ?? 0) << 8) | (bytes[offset + 3] ?? 0);
    if (marker === 0xdb) {
      const wide = (bytes[offset + 4] ?? 0) >> 4 === 1;
      const first = offset + 5;
      let sum = 0;
      for (let entry = 0; entry < 64; entry++) {
        const place = first + entry * (wide ? 2 : 1);
        sum += wide ? ((bytes[place] ?? 0) << 8) | (bytes[place + 1] ?? 0) : (bytes[place] ?? 0);
      }
      const scale = (sum / standardSum) * 100;
      return Math.max(1, Math.min(100, Math.round(scale <= 100 ? (200 - scale) / 2 : 5000 / scale)));
    }
    if (marker === 0xda || length < 2) return undefined;
    offset += 2 + length;
  }
  return undefined;
}

/** The sum of the standard's table for brightness. */
const standardSum = 3688;
