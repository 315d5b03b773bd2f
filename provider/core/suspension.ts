/**
 * The expiry of a suspended key. The platform cannot suspend a key, but refuses an expired one. The date is older than
 * the platform, so no key has it by accident. See docs/decisions/suspension.md.
 */
export const SUSPENSION_DATE = "2000-01-01";
