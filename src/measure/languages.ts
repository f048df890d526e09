import { z } from "zod";

/** Tesseract's names of languages, joined by `+`, as a list. They are names of files: letters alone. */
export const languagesSchema = z
  .string()
  .regex(/^[A-Za-z_]{3,20}(\+[A-Za-z_]{3,20})*$/, "Tesseract's names, joined by +, such as eng+deu")
  .transform((names) => names.split("+"));
