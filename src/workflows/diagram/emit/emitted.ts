/** A graph as text, and what that language could not hold. */
export interface Emitted {
  text: string;
  /** One sentence each. */
  losses: string[];
}
