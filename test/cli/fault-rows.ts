/** A fault that is brought before the real CLI by `faults.test.ts`, in the words of `docs/reliability.md`. */
export interface CliFaultRow {
  readonly number: string;
  readonly fault: string;
  readonly sees: string;
  /** The words of the message that tell what to do next; absent where nothing is to be done. */
  readonly next?: string;
  readonly left: string;
}

export const CLI_FAULTS: readonly CliFaultRow[] = (
  [
    {
      fault: "the answer to a create is lost, the name is fixed",
      sees: "an error with the id of the key that is there now",
      next: "Ask who works on this account, then choose another name for this key, or remove the other one on the platform, and run the update again",
      left: "that key; the next update converges after its removal",
    },
    {
      fault: "a create is answered with a page of HTML, the name is fixed",
      sees: "an error with the id of the key that is there now",
      next: "Ask who works on this account, then choose another name for this key, or remove the other one on the platform, and run the update again",
      left: "that key; the next update converges after its removal",
    },
    {
      fault: "a create is answered with a masked access key",
      sees: 'an error; "The provider deleted the key again"',
      next: "Run the update again",
      left: "nothing",
    },
    {
      fault: "a create is answered without an access key",
      sees: 'an error; "The provider deleted the key again"',
      next: "Run the update again",
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
      next: "Run the update again to repair it",
      left: "the key, kept in the state; the next update repairs it",
    },
    {
      fault: "the name is taken",
      sees: "an error with the id of the key that has it",
      next: "choose another name, leave the name out for an automatic one",
      left: "that key, untouched",
    },
    {
      fault: "an admin key that the platform does not know (401)",
      sees: "the preview fails and says which setting to look at",
      next: "Check the stack setting aixplain:apiKey or the environment variable AIXPLAIN_API_KEY",
      left: "nothing is written",
    },
    {
      fault: "a member key (403)",
      sees: "the preview fails and tells the two kinds of keys apart",
      next: "Set the stack setting aixplain:apiKey or the environment variable AIXPLAIN_API_KEY to an admin key",
      left: "nothing is written",
    },
    {
      fault: "nobody listens at the address",
      sees: "the preview fails with the address and the reason",
      next: "Check the backend URL (aixplain:backendUrl or BACKEND_URL), the network and its proxy settings",
      left: "nothing is written",
    },
    {
      fault: "a page of HTML instead of the list",
      sees: "the preview fails and asks for the URL and proxies",
      next: "Check the backend URL (aixplain:backendUrl or BACKEND_URL), and whether a proxy answers instead of the platform",
      left: "nothing is written",
    },
    {
      fault: "a redirect to another host (307)",
      sees: "the preview fails; the other host has received nothing",
      next: "Set the backend URL (aixplain:backendUrl or BACKEND_URL) to the final address",
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
      sees: "an error that says to run `pulumi up --refresh`, which creates the key anew",
      next: "Run pulumi up --refresh: it removes the key from the state and creates it again",
      left: "the other key, updated",
    },
    {
      fault: "the answer to a delete is lost, twice",
      sees: "nothing",
      left: "nothing",
    },
  ] satisfies readonly Omit<CliFaultRow, "number">[]
).map((row, index) => ({ number: `K${index + 1}`, ...row }));

export function nextOf(number: string): string {
  const row = CLI_FAULTS.find((each) => each.number === number);
  if (row?.next === undefined) throw new Error(`row ${number} tells nothing to do next`);
  return row.next;
}
