import { ApiKey, getApiKeysOutput, Provider } from "pulumi-aixplain/native";

/** The state holds the name of the variable, and not the admin key in it. */
const research = new Provider("research", {
  apiKeyEnv: "RESEARCH_ADMIN_KEY",
  // An emulator, or the platform.
  backendUrl: process.env.RESEARCH_BACKEND_URL ?? "https://platform-api.aixplain.com",
});

const chat = new ApiKey("chat", { budget: 500, globalLimits: { requestsPerMinute: 60 } });
const notebook = new ApiKey("notebook", { budget: 50 }, { provider: research });

export const accessKeys = { chat: chat.accessKey, notebook: notebook.accessKey };

/** Functions ask the account of the provider that they are given. */
export const researchKeys = getApiKeysOutput({}, { provider: research, dependsOn: [notebook] }).apply(
  ({ apiKeys }) => apiKeys.length,
);
