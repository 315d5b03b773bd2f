import { MINI } from "../../harness/stage";
import { type FaultRow, fault } from "./row";
import { next, said } from "./said";

const on = "listKeys";

/** Before anything is done: the check of a new key looks its name and its models up. */
export const CHECKS: readonly FaultRow[] = [
  {
    verb: "check",
    fault: "nothing listens at the backend URL",
    hostOnly: true,
    settings: () => ({ backendUrl: "http://127.0.0.1:1" }),
    sees: "GET /v2/models/openai%2Fgpt-4o-mini%2Fopenai (attempt 5) got no answer from http://<address>: ECONNREFUSED (connect <address>). Check the backend URL (aixplain:backendUrl or BACKEND_URL), the network and its proxy settings",
    next: "Check the backend URL (aixplain:backendUrl or BACKEND_URL), the network and its proxy settings",
    left: "nothing",
  },
  {
    verb: "check",
    fault: "there is no admin key",
    hostOnly: true,
    settings: () => ({ apiKey: "" }),
    sees: "The aiXplain provider is not configured: there is no admin key. Set it as a secret of the stack (pulumi config set --secret aixplain:apiKey), or in the environment variable AIXPLAIN_API_KEY (older name: TEAM_API_KEY).",
    next: "Set it as a secret of the stack (pulumi config set --secret aixplain:apiKey)",
    left: "nothing",
    calls: { listKeys: 0 },
  },
  {
    verb: "check",
    fault: "the backend URL is plain http to another machine",
    hostOnly: true,
    settings: () => ({ backendUrl: "http://platform.example" }),
    sees: 'The aiXplain provider is not configured: the backend URL "http://platform.example" uses plain http, which would expose the admin key on the network: use https, or allow it with the stack setting aixplain:allowInsecureUrls or AIXPLAIN_ALLOW_INSECURE_URLS=1.',
    next: "use https, or allow it with the stack setting aixplain:allowInsecureUrls",
    left: "nothing",
    calls: { listKeys: 0 },
  },
  {
    verb: "check",
    fault: "the admin key is wrong",
    settings: () => ({ apiKey: "canary-wrong-key-00000001" }),
    sees: `GET /v2/models/openai%2Fgpt-4o-mini%2Fopenai answered 401 (Unknown, deleted or expired API key): ${said.unknownKey}. ${next.checkKey}`,
    next: next.checkKey,
    left: "nothing",
    calls: { getModel: 1, listKeys: 0 },
  },
  {
    verb: "check",
    fault: "the key is a member key",
    settings: ({ controls }) => ({
      apiKey: controls.createKey({ name: "member", accessKey: "canary-member-key-00000001" }).accessKey,
    }),
    sees: `GET /sdk/api-keys answered 403 (Only an admin key is allowed to do this; a member key can run models and read its own usage): ${said.notAdmin}. ${next.adminKey}`,
    next: next.adminKey,
    left: "the other key, untouched",
    calls: { listKeys: 1 },
  },
  {
    verb: "check",
    fault: "503 every time",
    faults: () => [fault.always(on, 503)],
    sees: `GET /sdk/api-keys (attempt 5) answered 503 (fault: status 503). ${next.later}`,
    next: next.later,
    left: "nothing",
    calls: { listKeys: 5 },
  },
  {
    verb: "check",
    fault: "429 with Retry-After in seconds",
    faults: () => [fault.retryAfter(on, 429, "1")],
    left: "nothing",
    calls: { listKeys: 2 },
  },
  {
    verb: "check",
    fault: "the list is JSON of another shape",
    faults: () => [fault.body(on, '{"items": []}')],
    sees: `GET /sdk/api-keys answered 200 with JSON of an unexpected shape (body: Invalid input: expected array, received object). ${next.backend}`,
    next: next.backend,
    left: "nothing",
  },
  {
    verb: "check",
    fault: "the platform does not know the path of a model",
    faults: () => [fault.status("getModel", 404)],
    sees: `assetLimits[0].model is "openai/gpt-4o-mini/openai", a path that the platform does not know: check its spelling, or use the model's id`,
    next: "check its spelling, or use the model's id",
    left: "nothing",
  },
  {
    verb: "check",
    fault: "looking a model up is answered 503 twice",
    faults: () => [fault.status("getModel", 503, { times: 2 })],
    left: "nothing",
    calls: { getModel: 3 },
  },
  {
    verb: "check",
    fault: "looking a model up is answered with JSON of another shape",
    faults: () => [fault.body("getModel", `{"path": "${MINI.path}"}`)],
    sees: `GET /v2/models/openai%2Fgpt-4o-mini%2Fopenai answered 200 with JSON of an unexpected shape (id: Invalid input: expected string, received undefined). ${next.backend}`,
    next: next.backend,
    left: "nothing",
  },
];

/** A preview compares with the live key. */
export const DIFFS: readonly FaultRow[] = [
  {
    verb: "diff",
    fault: "500 twice",
    faults: () => [fault.status(on, 500, { times: 2 })],
    left: "the key as it was",
    calls: { listKeys: 3 },
  },
  {
    verb: "diff",
    fault: "the connection is cut once",
    faults: () => [fault.dropAfter(on)],
    left: "the key as it was",
    calls: { listKeys: 2 },
  },
  {
    verb: "diff",
    fault: "the answer is later than the time-out, once",
    hurried: true,
    faults: () => [fault.late(on)],
    left: "the key as it was",
  },
  {
    verb: "diff",
    fault: "the list lacks the key for a moment",
    faults: () => [fault.lagging(on)],
    left: "the key as it was",
    calls: { listKeys: 1, getKey: 1 },
  },
  {
    verb: "diff",
    fault: "the list lacks the key, and a proxy answers for the key with a 404 in HTML",
    faults: () => [fault.lagging(on), fault.html404("getKey")],
    sees: `GET /sdk/api-keys/<id> answered 404 with a page of HTML. ${next.backend}`,
    next: next.backend,
    left: "the key as it was",
  },
  {
    verb: "diff",
    fault: "the list is a page of HTML",
    faults: () => [fault.html(on)],
    sees: `GET /sdk/api-keys answered 200 with a page of HTML. ${next.backend}`,
    next: next.backend,
    left: "the key as it was",
  },
  {
    verb: "diff",
    fault: "the list ends in the middle",
    faults: () => [fault.body(on, '[{"id": "id-1", "name":')],
    sees: `GET /sdk/api-keys answered 200 with a body that is not JSON. ${next.backend}`,
    next: next.backend,
    left: "the key as it was",
  },
  {
    verb: "diff",
    fault: "the key is gone",
    meanwhile: ({ controls }) => {
      for (const { id, isAdmin } of controls.keys()) if (!isAdmin) controls.deleteKey(id);
    },
    tells:
      'Drift: the key "<name>" (<id>) was deleted outside of Pulumi. It will be created again with a new access key. Give that key to everybody who uses the old one.',
    next: "Give that key to everybody who uses the old one",
    left: "nothing",
  },
];
