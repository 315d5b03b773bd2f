import { ServiceKey } from "acme-keys";

const search = new ServiceKey("search", { budget: 200, peakRequestsPerMinute: 50 });

export const accessKey = search.accessKey;
export const hint = search.accessKeyHint;
