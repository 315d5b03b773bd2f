export const next = {
  checkKey: "Check the stack setting aixplain:apiKey or the environment variable AIXPLAIN_API_KEY",
  adminKey:
    "Set the stack setting aixplain:apiKey or the environment variable AIXPLAIN_API_KEY to an admin key of the account",
  backend:
    "Check the backend URL (aixplain:backendUrl or BACKEND_URL), and whether a proxy answers instead of the platform",
  later: "The platform failed: run the command again in a few minutes",
  updateLater: "Run the update again in a few minutes",
  correct: "Correct the declaration or the account, and run the update again",
  afterAnHour:
    "Run the command again after 60 minutes, as the platform requests, or ask the platform for a higher limit",
  remove: "run the update again: npx pulumi-aixplain delete <id>",
  repair: "Run the update again to repair it. If the problem persists, declare what the platform answered",
  support:
    "Run the update again. If the problem persists, ask the platform's support why a new key has no access key",
  ask: "Ask who works on this account, then choose another name for this key",
  otherName: "choose another name, leave the name out for an automatic one",
} as const;

export const said = {
  unknownKey:
    "the platform does not accept the admin key: it is unknown, deleted or expired, or belongs to another backend",
  notAdmin:
    "the provider's key is not allowed to do this; a member key can only run models and read its own usage",
  nothingProves:
    "and now the key <id> has that name. Anybody can choose that name, so nothing proves who created the key. Either this run created it, and nobody knows its access key; or somebody else created it at the same time. Nothing was removed. Ask who works on this account, then choose another name for this key, or remove the other one on the platform, and run the update again",
  cut: "POST /sdk/api-keys got no answer from <url>: ECONNRESET (socket hang up)",
  noneLeft: `The platform shows no key with that name. ${next.updateLater}`,
  taken:
    'the name "taken" is taken by the key <id> of the account. The provider takes over an existing key on request only. If that key belongs to this stack, either its resource was renamed or moved in the program: add aliases to the new resource. Or resources swap names or pass them on: run the update again, without --parallel. If this message returns, give one of them a third name, run the update, then give it its final name. If it belongs to somebody else: choose another name, leave the name out for an automatic one, read the key without managing it: ApiKey.get("<resource name>", "<id>"), or adopt it: adopt: { id: "<id>" }. If an interrupted run left it behind: make sure that nobody uses it, then remove it by hand and run the update again',
  paced: `the account's own rate limit for management calls is used up. ${next.afterAnHour}`,
  neverAgain: "and an access key can never be read again",
} as const;

/** What follows a refusal with this status, and what it tells to do next. */
export const after = (code: number): { readonly words: string; readonly next: string } => {
  if (code === 401) return { words: `: ${said.unknownKey}. ${next.checkKey}`, next: next.checkKey };
  if (code === 403) return { words: `: ${said.notAdmin}. ${next.adminKey}`, next: next.adminKey };
  if (code === 404) {
    const look =
      "Check that the requested key or model exists in the account, and the backend URL (aixplain:backendUrl or BACKEND_URL)";
    return { words: `. ${look}`, next: look };
  }
  return { words: `. ${next.correct}`, next: next.correct };
};
