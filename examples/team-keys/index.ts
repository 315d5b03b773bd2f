import { ApiKey } from "pulumi-aixplain";
import { members, tiers } from "./team";

const keys = members.map(({ name, tier }) => ({ name, key: new ApiKey(name, tiers[tier]) }));

/** Hints to recognise the keys by, and what each has used today: safe to show. */
export const hints = Object.fromEntries(keys.map(({ name, key }) => [name, key.accessKeyHint]));
export const usage = Object.fromEntries(keys.map(({ name, key }) => [name, key.usage]));

/** The access keys, for the place where your team keeps its secrets. */
export const accessKeys = Object.fromEntries(keys.map(({ name, key }) => [name, key.accessKey]));
