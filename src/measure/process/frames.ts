import type { Readable, Writable } from "node:stream";

/** The bytes that say how long a frame is. */
const headBytes = 4;

/**
 * Writes a frame to a pipe: its length and its bytes, which are not copied.
 *
 * @param onSent called once the pipe has taken all of it
 */
export function writeFrame(pipe: Writable, bytes: Uint8Array, onSent?: () => void): void {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(bytes.length);
  pipe.write(head);
  pipe.write(bytes, onSent);
}

/**
 * Reads the frames of a pipe, each into memory of its own.
 *
 * @param onFrame given each frame once it is whole
 * @param canTake asked before memory is taken for a frame of so many bytes: when it refuses, the pipe is read no further
 */
export function readFrames(
  pipe: Readable,
  onFrame: (frame: Buffer) => void,
  canTake: (bytes: number) => boolean = () => true,
): void {
  const head = () => ({ bytes: Buffer.alloc(headBytes), filled: 0, isHead: true });
  let part = head();
  pipe.on("data", (chunk: Buffer) => {
    for (let from = 0; ; ) {
      const taken = chunk.copy(part.bytes, part.filled, from);
      from += taken;
      part.filled += taken;
      if (part.filled < part.bytes.length) return;
      const { bytes, isHead } = part;
      part = head();
      if (!isHead) {
        onFrame(bytes);
        continue;
      }
      const length = bytes.readUInt32LE();
      if (!canTake(length)) {
        pipe.destroy();
        return;
      }
      part = { bytes: Buffer.allocUnsafeSlow(length), filled: 0, isHead: false };
    }
  });
}
