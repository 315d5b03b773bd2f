/**
 * The expiry of a suspended key. The platform has no call that stops a key, but refuses one whose expiry has passed. This
 * day lies before the platform: no key can have come to expire on it. See docs/decisions/suspension.md.
 */
export const SUSPENSION_DATE = "2000-01-01";
