import { z } from "zod";

const exception = { package: z.string(), why: z.string().min(20) };

/** What this repository knows of others' packages; `known-vulnerable.json`. */
export const knowledgeSchema = z.strictObject({
  reviewed: z.iso.date(),
  howToUpdate: z.string(),
  advisories: z.array(
    z.strictObject({
      package: z.string(),
      /** Ranges of versions that an advisory speaks of; none where none is known. */
      vulnerable: z.array(z.string()),
      sources: z.array(z.string().regex(/^(GHSA(-[0-9a-z]{4}){3}|https:\/\/\S+)$/)),
    }),
  ),
  /** Vulnerable versions that are used all the same. */
  accepted: z.array(z.strictObject({ ...exception, version: z.string() })),
  /** Packages whose install script may be left out. */
  installScripts: z.array(z.strictObject(exception)),
  /** Licences that the metadata of a package does not tell. */
  licences: z.array(z.strictObject({ ...exception, licence: z.string() })),
});

export type Knowledge = z.infer<typeof knowledgeSchema>;
