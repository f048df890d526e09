/**
 * Tokens of a text, about: the tokenizers of 2026 make one of some 2.8 letters of English (30 % more than those that
 * made one of 3.6). Other scripts have fewer letters to a token and more bytes to a letter.
 */
export const textTokens = (text: string): number => Math.ceil(Buffer.byteLength(text) / 2.8);

/** No text of so many bytes has more tokens than this. */
export const mostTokens = (bytes: number): number => Math.ceil(bytes / 1.5);
