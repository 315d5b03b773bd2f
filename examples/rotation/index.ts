import { RotatingApiKey } from "pulumi-aixplain";
import { Service } from "./service";

const key = new RotatingApiKey("bot", {
  anchor: "2026-01-01", // never changes
  every: 30, // days
  overlap: 7, // days for which the old key stays valid
  budgetPerGeneration: 1000, // credits
  globalLimits: { requestsPerMinute: 60 },
});

// Restarted in the update that rotates: after the new key is there, and before the old one goes.
new Service("bot", { accessKey: key.current });

export const accessKey = key.current; // a secret
export const { generation, rotatesAt, previousRetiresAt, previousUsedToday } = key;
