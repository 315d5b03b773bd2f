import { type FaultRow, fault, soon } from "./row";
import { next, said } from "./said";

const on = "listKeys";

/** A refresh must never take a key or a secret out of the state that may still be there. */
export const READS: readonly FaultRow[] = [
  {
    verb: "read",
    fault: "401",
    faults: () => [fault.status(on, 401)],
    sees: `GET /sdk/api-keys answered 401 (fault: status 401): ${said.unknownKey}. ${next.checkKey}`,
    next: next.checkKey,
    left: "the key as it was",
  },
  {
    verb: "read",
    fault: "504 every time",
    faults: () => [fault.always(on, 504)],
    sees: `GET /sdk/api-keys (attempt 5) answered 504 (fault: status 504). ${next.later}`,
    next: next.later,
    left: "the key as it was",
    calls: { listKeys: 5 },
  },
  {
    verb: "read",
    fault: "429 with Retry-After as a date",
    faults: (stage) => [fault.retryAfter(on, 429, soon(stage))],
    left: "the key as it was",
    calls: { listKeys: 2 },
  },
  {
    verb: "read",
    fault: "the list is empty text",
    faults: () => [fault.body(on, "")],
    sees: `GET /sdk/api-keys answered 200 with an empty body. ${next.backend}`,
    next: next.backend,
    left: "the key as it was",
  },
  {
    verb: "read",
    fault: "the list lacks the key, and asking for it is answered 500 every time",
    faults: () => [fault.lagging(on), fault.always("getKey", 500)],
    sees: `GET /sdk/api-keys/<id> (attempt 5) answered 500 (fault: status 500). ${next.later}`,
    next: next.later,
    left: "the key as it was",
    calls: { getKey: 5 },
  },
  {
    verb: "read",
    fault: "the list shows no access keys, not even masks",
    faults: () => [fault.lacks(on, "accessKey")],
    left: "the key as it was",
  },
  {
    verb: "read",
    fault: "the key is gone",
    meanwhile: ({ controls }) => {
      for (const { id, isAdmin } of controls.keys()) if (!isAdmin) controls.deleteKey(id);
    },
    left: "nothing",
    calls: { getKey: 1 },
  },
];
