/** Sentences of the provider that many rows end in. */
export const said = {
  unknownKey:
    "the platform does not accept the admin key: it is unknown, deleted or expired, or belongs to another backend. Check the stack setting aixplain:apiKey or the environment variable AIXPLAIN_API_KEY",
  notAdmin:
    "the key that the provider authenticates with may not do this. Managing keys needs an admin key of the account; a member key can only run models and read its own usage",
  proxy: "Is the backend URL right, and is there a proxy in between?",
  nothingProves:
    "and now the key <id> has that name. Anybody can choose that name, so nothing proves whose key it is. Either it is the lost one, and nobody knows its access key; or somebody else created it in the same moment. Nothing was removed. Ask who works on this account, then choose another name for this key, or remove the other one on the platform, and run the update again",
  cut: "POST /sdk/api-keys got no answer from <url>: ECONNRESET (socket hang up)",
  noneLeft: "No key of that name was left behind as far as the platform shows. Run the update again",
  taken:
    'the name "taken" is taken by the key <id> of the account. A key that exists is never taken over. If that key belongs to this stack, either its resource was renamed or moved in the program: add aliases to the new resource. Or resources swap names or pass them on: give one of them a third name, run the update, then give it its final name. If it belongs to somebody else: choose another name, leave the name out for an automatic one, or read the key without managing it: ApiKey.get("<resource name>", "<id>")',
  paced: "the account's own rate limit for management calls is used up; try again later",
  neverAgain: "and an access key can never be read again",
  /** What is added to a refusal with this status. */
  of: (code: number): string =>
    code === 401 ? `: ${said.unknownKey}` : code === 403 ? `: ${said.notAdmin}` : "",
} as const;
