export interface Model {
  id: string;
  name: string;
  /** Whether it can do the workflows here: see pictures and answer in a given structure. */
  usable: boolean;
  /** Whether `effort` can be set. */
  effort: boolean;
  /** What it is for, for the picker. */
  about: string;
}
