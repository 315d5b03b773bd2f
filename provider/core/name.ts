/** The longest name that is accepted, in UTF-16 code units. Assumed: the platform documents no maximum. */
export const NAME_MAX = 255;

/** Control characters and halves of surrogate pairs: invisible in a preview, or not text at all. */
export const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029]/u;
