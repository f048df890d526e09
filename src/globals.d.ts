/** The version in package.json, put in by esbuild. */
declare const __VERSION__: string;
