export const PACKAGE = "aixplain";

export const API_KEY_TYPE = "aixplain:index:ApiKey";

/** The alias of keys that the dynamic provider managed. */
export const DYNAMIC_TYPE = "pulumi-nodejs:dynamic/aixplain:ApiKey";
