/** The package as Pulumi knows it. */
export const PACKAGE = "aixplain";

/** The type of a key that the plugin manages. */
export const API_KEY_TYPE = "aixplain:index:ApiKey";

/** The type of a key that the dynamic provider manages: the alias by which it moves to the plugin. */
export const DYNAMIC_TYPE = "pulumi-nodejs:dynamic/aixplain:ApiKey";
