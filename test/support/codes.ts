import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { prepareZXingModule, type WriterOptions, writeBarcode } from "zxing-wasm/writer";

/**
 * Draws a QR code or a bar code, with its quiet zone. PNG.
 *
 * @param scale pixels for each module
 */
export async function drawnCode(
  text: string,
  format: NonNullable<WriterOptions["format"]>,
  scale: number,
  options: Pick<WriterOptions, "addHRT"> = {},
): Promise<Buffer> {
  const wasm = createRequire(import.meta.url).resolve("zxing-wasm/writer/zxing_writer.wasm");
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(await readFile(wasm)).buffer } });
  const { image, error } = await writeBarcode(text, { format, scale, ...options });
  if (!image) throw new Error(error);
  return Buffer.from(await image.arrayBuffer());
}
