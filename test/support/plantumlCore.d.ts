declare module "@plantuml/core" {
  /** Draws the lines of one diagram. SVG. */
  export function renderToString(
    lines: readonly string[],
    onSuccess: (svg: string) => void,
    onError: (message: string) => void,
  ): void;
}
