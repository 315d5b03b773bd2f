import type { Generation } from "./sdk-driver";

/** What the SDK is made to do against the emulator. The names are those of the Python side; `docs/conformance.md` lists them. */
export interface SdkCase {
  name: string;
  shows: string;
  generations: readonly Generation[];
}

const both = ["v1", "v2"] as const;
const v1 = ["v1"] as const;
const v2 = ["v2"] as const;

export const SDK_CASES: readonly SdkCase[] = [
  {
    name: "guide.create",
    generations: both,
    shows: "creates the guide's key; the answer holds every value and the whole secret",
  },
  { name: "guide.list", generations: both, shows: "lists the key with every value and a masked secret" },
  { name: "guide.search", generations: v2, shows: "finds the key in the one page of a search" },
  { name: "guide.get_by_id", generations: v2, shows: "gets the key by its id, masked" },
  {
    name: "guide.get_by_access_key",
    generations: both,
    shows: "finds the key by the first and last four characters of its secret",
  },
  {
    name: "guide.usage",
    generations: both,
    shows: "reads the usage as a whole and per model, before and after a run",
  },
  { name: "guide.usage_of_model", generations: both, shows: "reads the usage of one model" },
  {
    name: "guide.update",
    generations: both,
    shows: "changes budget, global limits and one model's limit as the guide does",
  },
  { name: "guide.delete", generations: both, shows: "deletes the key; a second deletion and a look-up fail" },
  {
    name: "guide.run",
    generations: both,
    shows: "runs a model with the new key, over the synchronous address",
  },

  { name: "create.minimal", generations: both, shows: "a key without limits, budget and expiry has none" },
  { name: "create.by_save", generations: v2, shows: "saves a new resource" },
  {
    name: "create.from_dictionaries",
    generations: v2,
    shows: "limits given as dictionaries, with missing ones written as 0",
  },
  {
    name: "create.token_types",
    generations: both,
    shows: "token types input, output, total and none survive, globally and per model",
  },
  {
    name: "create.model_object",
    generations: both,
    shows: "a limit for a model object is written with the model's id",
  },
  {
    name: "create.model_path",
    generations: both,
    shows: "a limit for a model's path is written with the model's id",
  },
  {
    name: "create.unknown_path",
    generations: v2,
    shows: "a path of no model stops before anything is written",
  },
  {
    name: "create.unknown_model",
    generations: both,
    shows: "the server refuses a limit for an id of no model",
  },
  {
    name: "create.bad_body",
    generations: both,
    shows: "the server refuses a fraction of a token and names the field (400)",
  },
  {
    name: "create.duplicate_name",
    generations: v1,
    shows: "a taken name is refused (422) and the key of that name stays as it was",
  },
  {
    name: "duplicate.takeover",
    generations: v2,
    shows: "a taken name silently updates the key of that name, and shows no secret",
  },
  {
    name: "duplicate.takeover_after_422",
    generations: v2,
    shows: "a refused create (422) hands out the key of that name, unchanged",
  },

  { name: "update.rename", generations: v1, shows: "a key is renamed; to a taken name it is not (422)" },
  { name: "update.rename_to_taken", generations: v2, shows: "a key is not renamed to a taken name (422)" },
  {
    name: "update.by_id",
    generations: both,
    shows: "v1: a handmade object with an id replaces the key; v2: a model's limit is set by its id",
  },
  {
    name: "update.by_path",
    generations: v2,
    shows: "a model's limit is set by its path where the client knows it",
  },
  { name: "update.by_model", generations: v2, shows: "a model's limit is set by the model object" },
  {
    name: "update.every_listed_key",
    generations: both,
    shows: "all keys are listed and each is updated, the admin key too",
  },
  {
    name: "run.foreign_model",
    generations: both,
    shows: "a model that only the caller knows of is limited and run",
  },
  { name: "run.details", generations: both, shows: "an answer has details and names its asset" },
  { name: "update.expiry", generations: both, shows: "a new expiry is written and read back" },
  { name: "update.add_and_drop_models", generations: v2, shows: "model limits are added and dropped" },
  {
    name: "update.unknown_model_limit",
    generations: v1,
    shows: "a limit that the key does not have cannot be set",
  },

  {
    name: "usage.own",
    generations: both,
    shows: "a member key reads its own usage, the same rows as the admin's",
  },
  {
    name: "usage.by_path_finds_nothing",
    generations: v2,
    shows: "usage is found by a model's id only, never by its path",
  },
  { name: "get_by_access_key.unknown", generations: both, shows: "a secret of no key is not found" },
  {
    name: "list.half_filled_limits",
    generations: both,
    shows: "one key with a limit that is null breaks v1's whole list, and is left out of v2's",
  },
  { name: "model.by_id_and_path", generations: v2, shows: "a model is looked up by id and by path" },

  { name: "error.401_management", generations: both, shows: "an unknown key manages nothing (401)" },
  {
    name: "error.403_member_manages",
    generations: both,
    shows: "a member key manages nothing, and nothing changes (403)",
  },
  { name: "error.404_management", generations: both, shows: "a key or model that is not there (404)" },
  { name: "error.500_management", generations: v1, shows: "v1 reports a failed read at once over http" },
  { name: "error.503_read_is_retried", generations: v2, shows: "v2 repeats a failed read" },
  { name: "error.503_write_is_not_retried", generations: v2, shows: "v2 sends a failed write once" },

  {
    name: "run.async",
    generations: both,
    shows: "run_async answers with an address that poll and sync_poll read",
  },
  {
    name: "run.async_is_counted_once",
    generations: both,
    shows: "an asynchronous run counts once, however often it is polled",
  },
  {
    name: "run.asynchronous_model",
    generations: both,
    shows: "a model that only runs in the background is polled by the SDK itself",
  },
  {
    name: "run.poll_belongs_to_key",
    generations: v2,
    shows: "another key and an unknown address read no answer",
  },
  {
    name: "run.stream",
    generations: both,
    shows: "a stream gives the same text as a run, token by token, and ends in success",
  },
  { name: "run.stream_is_counted", generations: both, shows: "a streamed run counts like any other" },
  {
    name: "run.stream_refused",
    generations: both,
    shows: "a refused stream: v1 sees an empty one, v2 raises 429",
  },
  { name: "run.stream_unsupported", generations: both, shows: "the SDK streams no model that cannot stream" },
  {
    name: "run.parameters",
    generations: v1,
    shows: "every parameter that v1 sends along, nulls included, is accepted",
  },
  { name: "run.over_v1_address", generations: v2, shows: "v2 pointed at the v1 address runs by polling" },

  { name: "error.400_run", generations: both, shows: "a bad run body (400)" },
  { name: "error.401_run", generations: both, shows: "a deleted key runs nothing (401)" },
  { name: "error.401_expired", generations: both, shows: "a key runs nothing from its expiry on (401)" },
  { name: "error.402_run", generations: both, shows: "a key without budget left runs nothing (402)" },
  { name: "error.403_admin_runs", generations: both, shows: "the admin key runs nothing (403)" },
  { name: "error.404_run", generations: both, shows: "a model that is not there (404)" },
  {
    name: "error.429_requests",
    generations: both,
    shows: "the guide's third request in a minute is refused and counts nowhere (429)",
  },
  {
    name: "error.429_tokens",
    generations: both,
    shows: "a prompt above the guide's tokens per minute is refused and counts nowhere (429)",
  },

  {
    name: "limits.next_minute",
    generations: both,
    shows: "a limit frees at the next minute, and the day's at the next UTC day",
  },
  {
    name: "limits.changed",
    generations: both,
    shows: "a changed limit shows at once and is in force from the next minute",
  },
  {
    name: "limits.token_types",
    generations: both,
    shows: "token limits count input, output or both, as declared",
  },
];
