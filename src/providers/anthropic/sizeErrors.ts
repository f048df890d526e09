/** The image is larger than the model takes. It can be made to fit and sent once more. */
export class OversizedImageError extends Error {
  override readonly name = "OversizedImageError";
  /** @param fits the largest size that fits, in pixels, if the API named it */
  constructor(readonly fits: { width: number; height: number } | undefined) {
    super("The image is larger than the model takes.");
  }

  /** What the API's words say of an image's size; undefined when they are about something else. */
  static in(words: string): OversizedImageError | undefined {
    const size = /downsized to (\d+)x(\d+)/.exec(words);
    if (size) return new OversizedImageError({ width: Number(size[1]), height: Number(size[2]) });
    return /oversized|downsiz/.test(words) ? new OversizedImageError(undefined) : undefined;
  }
}

/** The request is larger than the API takes. It can be made smaller and sent once more. */
export class TooLargeRequestError extends Error {
  override readonly name = "TooLargeRequestError";
  constructor() {
    super("The request is larger than the API takes.");
  }
}
