import { join } from "node:path";
import { PolicyPack } from "@pulumi/policy";
import { aixplainPolicies } from ".";

// The SDK takes the version of the pack from the package.json of the working directory, and CLIs start it in different ones.
process.chdir(join(__dirname, ".."));

new PolicyPack("aixplain", {
  displayName: "aiXplain API keys",
  description: "Team rules for aiXplain API keys: expiry, budget, limits, protection, names.",
  provider: "aixplain",
  policies: aixplainPolicies(),
});
