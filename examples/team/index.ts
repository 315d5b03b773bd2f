import { ApiKeySet, getModel } from "pulumi-aixplain";

const model = getModel({ model: "openai/gpt-4o-mini/openai" }).then(({ id }) => id);

/** A fifth of the budget stays in reserve: a newcomer takes from it, and nobody else's key changes. */
const team = new ApiKeySet("team", {
  budget: 1000,
  reserve: 20,
  defaults: { globalLimits: { requestsPerMinute: 60, requestsPerDay: 2_000 } },
  environments: {
    dev: { share: 25, globalLimits: { requestsPerMinute: 2, requestsPerDay: 100 } },
    prod: { share: 75 },
  },
  members: {
    ada: { share: 50 },
    grace: { share: 30, assetLimits: [{ model, requestsPerDay: 500 }] },
  },
});

/** The access keys by member and environment, for the place where your team keeps its secrets: `ada/dev`, `ada/prod`, ... */
export const accessKeys = team.accessKeys;

/** Enough to recognise each key by, and safe to show. */
export const hints = team.accessKeyHints;
