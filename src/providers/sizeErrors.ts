/** The image is larger than the model takes. It can be made to fit and sent once more. */
export class OversizedImageError extends Error {
  override readonly name = "OversizedImageError";
  /** @param fits the largest size that fits, in pixels, if the API named it */
  constructor(readonly fits: { width: number; height: number } | undefined) {
    super("The image is larger than the model takes.");
  }
}

/** The request is larger than the API takes. It can be made smaller and sent once more. */
export class TooLargeRequestError extends Error {
  override readonly name = "TooLargeRequestError";
  constructor() {
    super("The request is larger than the API takes.");
  }
}
