/** Sentences of the provider that many rows end in. */
export const said = {
  unknownKey:
    "the platform does not accept the admin key: it is unknown, deleted or expired, or belongs to another backend. Check the stack setting aixplain:apiKey or the environment variable AIXPLAIN_API_KEY",
  notAdmin:
    "the key that the provider authenticates with may not do this. Managing keys needs an admin key of the account; a member key can only run models and read its own usage",
  proxy: "Is the backend URL right, and is there a proxy in between?",
  nothingProves:
    "and now the key <id> has that name. It is most likely the lost one, but nothing proves it, and its access key cannot be read. If it is yours, remove it and run the update again: npx pulumi-aixplain delete <id>",
  cut: "POST /sdk/api-keys got no answer from <url>: ECONNRESET (socket hang up)",
  noneLeft: "No key of that name was left behind as far as the platform shows",
  taken:
    'the name "taken" is taken by the key <id> of the account. A key that exists is never taken over silently. Ways out: give this key another name (or none, for an automatic one); delete the other key (npx pulumi-aixplain delete <id>); or read it without managing it: ApiKey.get("<resource name>", "<id>")',
  paced: "the account's own rate limit for management calls is used up; try again later",
  neverAgain: "and an access key can never be read again",
  /** What is added to a refusal with this status. */
  of: (code: number): string =>
    code === 401 ? `: ${said.unknownKey}` : code === 403 ? `: ${said.notAdmin}` : "",
} as const;
