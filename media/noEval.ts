import { z } from "zod";

/**
 * Imported before any schema is made: zod would try whether it may compile code, which a page's security policy forbids
 * and reports.
 */
z.config({ jitless: true });
