import { type FaultRow, fault, soon } from "./row";
import { after, next, said } from "./said";

const on = "createKey";
/** The create is answered, and the answer is a refusal or a failure. */
export const REFUSED_CREATES: readonly FaultRow[] = [
  {
    verb: "create",
    fault: "500 once",
    faults: () => [fault.status(on, 500)],
    left: "the key as declared",
    calls: { createKey: 2, deleteKey: 0 },
  },
  ...[500, 502, 503, 504].map(
    (code): FaultRow => ({
      verb: "create",
      fault: `${code} every time`,
      faults: () => [fault.always(on, code)],
      sees: `creating the key "<name>" failed 3 times; the last answer: POST /sdk/api-keys answered ${code} (fault: status ${code}). ${said.noneLeft}`,
      next: next.updateLater,
      left: "nothing",
      calls: { createKey: 3 },
    }),
  ),
  {
    verb: "create",
    fault: "429 with Retry-After in seconds",
    faults: () => [fault.retryAfter(on, 429, "1")],
    left: "the key as declared",
    calls: { createKey: 2 },
  },
  {
    verb: "create",
    fault: "429 with Retry-After as a date",
    faults: (stage) => [fault.retryAfter(on, 429, soon(stage))],
    left: "the key as declared",
    calls: { createKey: 2 },
  },
  {
    verb: "create",
    fault: "429 with a Retry-After of an hour, beyond the ceiling",
    faults: () => [fault.retryAfter(on, 429, "3600")],
    sees: `POST /sdk/api-keys answered 429 (fault: status 429): ${said.paced}`,
    next: next.afterAnHour,
    left: "nothing",
    calls: { createKey: 1 },
  },
  ...[400, 401, 403, 404, 422].map(
    (code): FaultRow => ({
      verb: "create",
      fault: `${code}, with the platform's own words`,
      faults: () => [
        fault.status(on, code, { body: { message: "the platform's own words", statusCode: code } }),
      ],
      sees: `POST /sdk/api-keys answered ${code} (the platform's own words)${after(code).words}`,
      next: after(code).next,
      left: "nothing",
      calls: { createKey: 1 },
    }),
  ),
  {
    verb: "create",
    fault: "409, the account holds as many keys as it may",
    faults: () => [
      fault.status(on, 409, { body: { message: "This account has reached its maximum of 10 API keys" } }),
    ],
    sees: `POST /sdk/api-keys answered 409 (This account has reached its maximum of 10 API keys). ${next.correct}`,
    next: next.correct,
    left: "nothing",
    calls: { createKey: 1 },
  },
  {
    verb: "create",
    fault: "422, the name is another key's",
    name: "taken",
    meanwhile: ({ controls }) => void controls.createKey({ name: "taken", budget: 1 }),
    sees: said.taken,
    next: next.otherName,
    left: "the other key, untouched",
    calls: { createKey: 1, updateKey: 0, deleteKey: 0 },
  },
  {
    verb: "create",
    fault: "a redirect to another host",
    faults: ({ url }) => [
      fault.status(on, 307, { headers: { location: `${url.replace("127.0.0.1", "localhost")}/elsewhere` } }),
    ],
    sees: "POST /sdk/api-keys answered 307 (fault: status 307): redirects are not followed. Set the backend URL (aixplain:backendUrl or BACKEND_URL) to the final address",
    next: "Set the backend URL (aixplain:backendUrl or BACKEND_URL) to the final address",
    left: "nothing",
    calls: { createKey: 1, elsewhere: 0 },
  },
  {
    verb: "create",
    fault: "an error that quotes the admin key",
    faults: ({ adminKey }) => [
      fault.status(on, 400, {
        body: { message: `x-api-key: ${adminKey} may not, the key ${adminKey} is a stranger` },
      }),
    ],
    sees: `POST /sdk/api-keys answered 400 (x-api-key: [secret] may not, the key [secret] is a stranger). ${next.correct}`,
    next: next.correct,
    left: "nothing",
  },
];
