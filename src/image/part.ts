/** One of the pictures that a file holds: a page of a document or a frame of an animation, counted from 1. */
export type FilePart = { page: number } | { frame: number };

/** How a file is opened that holds several pictures, or is closed to those who do not know its password. */
export interface Opening {
  /** The first, when it is not said. */
  part?: FilePart | undefined;
  password?: string | undefined;
}
