/** A fault that is brought before the real CLI by `faults.test.ts`, in the words of `docs/reliability.md`. */
export interface CliFaultRow {
  /** What the title of its test begins with. */
  readonly number: string;
  readonly fault: string;
  readonly sees: string;
  readonly left: string;
}

export const CLI_FAULTS: readonly CliFaultRow[] = (
  [
    {
      fault: "the answer to a create is lost, the name is fixed",
      sees: "an error with the id of the key that is there now, and the command that removes it",
      left: "that key; the next update converges after its removal",
    },
    {
      fault: "a create is answered with a page of HTML, the name is fixed",
      sees: "an error with the id of the key that is there now, and the command that removes it",
      left: "that key; the next update converges after its removal",
    },
    {
      fault: "a create is answered with a masked access key",
      sees: 'an error; "The useless key was removed again; nothing is left behind"',
      left: "nothing",
    },
    {
      fault: "a create is answered without an access key",
      sees: 'an error; "The useless key was removed again; nothing is left behind"',
      left: "nothing",
    },
    {
      fault: "a create is turned away with 429 and Retry-After",
      sees: "nothing: the provider waits",
      left: "one key",
    },
    {
      fault: "a create is answered 503",
      sees: "nothing: the name is looked up, and the create repeated",
      left: "one key",
    },
    {
      fault: "a create ignores a field",
      sees: "an error that names the field, what was sent and what was answered",
      left: "the key, kept in the state; the next update repairs it",
    },
    {
      fault: "the name is taken",
      sees: "an error with the id of the key that has it",
      left: "that key, untouched",
    },
    {
      fault: "an admin key that the platform does not know (401)",
      sees: "the preview fails and says which setting to look at",
      left: "nothing is written",
    },
    {
      fault: "a member key (403)",
      sees: "the preview fails and tells the two kinds of keys apart",
      left: "nothing is written",
    },
    {
      fault: "nobody listens at the address",
      sees: "the preview fails with the address and the reason",
      left: "nothing is written",
    },
    {
      fault: "a page of HTML instead of the list",
      sees: "the preview fails and asks for the URL and proxies",
      left: "nothing is written",
    },
    {
      fault: "a redirect to another host (307)",
      sees: "the preview fails; the other host has received nothing",
      left: "nothing is written",
    },
    {
      fault: "the answer to a create is lost, the name is automatic",
      sees: "nothing: the lost key is proven to be our own, removed and made again",
      left: "one key",
    },
    {
      fault: "the list does not show the new keys yet",
      sees: "nothing: no change, also with `--refresh`",
      left: "both keys",
    },
    {
      fault: "404 in the midst of an update",
      sees: "an error that says to run the update again, which creates the key anew",
      left: "the other key, updated",
    },
    {
      fault: "the answer to a delete is lost, twice",
      sees: "nothing",
      left: "nothing",
    },
  ] as const
).map((row, index) => ({ number: `K${index + 1}`, ...row }));
