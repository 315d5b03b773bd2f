import { ApiKey } from "pulumi-aixplain/native";

/** As the keys are on the platform. `name` is written, or an automatic name would rename them. */
const search = new ApiKey("search", {
  name: "search",
  budget: 200,
  globalLimits: { requestsPerMinute: 60 },
});
const indexer = new ApiKey("indexer", { name: "indexer", budget: 50 });

export const accessKeys = { search: search.accessKey, indexer: indexer.accessKey };
