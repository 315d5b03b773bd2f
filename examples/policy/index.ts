import * as pulumi from "@pulumi/pulumi";
import { ApiKey } from "pulumi-aixplain";

const nextYear = new Date().getUTCFullYear() + 1;

const key = new ApiKey("reports", {
  name: "reports",
  budget: new pulumi.Config().requireNumber("budget"),
  expiresAt: `${nextYear}-01-01`,
  globalLimits: { tokensPerDay: 100_000, requestsPerDay: 500 },
});

export const accessKey = key.accessKey;
