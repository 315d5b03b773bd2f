import { judge, no, type Question, unclear, type WireKey, type Writing, wireKey, yes } from "./question";
import type { Answer } from "./service";

const keyIn = ({ body }: Answer): WireKey | undefined => wireKey.safeParse(body).data;

/** The declaration of the throwaway key. The first question tests its limits of 0. */
export const declared = {
  budget: 7,
  expiresAt: "2099-01-31T10:30:00.000000Z",
  globalLimits: { tpm: 0, tpd: 0, rpm: 0, rpd: 0, tokenType: null },
  assetsLimits: [],
};

const SUCCESS = [200, 201];
const change = async ({ service, key }: Writing, body: object): Promise<[Answer, WireKey | undefined]> => {
  const answer = await service.write("PUT", `/sdk/api-keys/${key.id}`, body);
  return [answer, SUCCESS.includes(answer.status) ? keyIn(answer) : undefined];
};

/** Questions about one throwaway key. The order matters: each uses the key as the previous one left it. */
export const writeQuestions: readonly Question<Writing>[] = [
  {
    id: "zero",
    assumption: "a limit of 0 allows nothing",
    ask: async ({ service, key, model }) => {
      const { status } = await service.run(model, key.accessKey);
      if (status === 429) return yes("a run with all limits at 0 got 429");
      return status === 200 || status === 201
        ? no("a run with all limits at 0 was admitted: 0 means no limit")
        : unclear(`a run with all limits at 0 got ${status}`);
    },
  },
  {
    id: "expiry",
    assumption: "an expiry at another time than midnight is kept",
    ask: async ({ key }) => {
      const kept = Date.parse(key.expiresAt ?? "") === Date.parse(declared.expiresAt);
      return judge(kept, `written ${declared.expiresAt}, answered ${key.expiresAt}`);
    },
  },
  {
    id: "empty-update",
    assumption: "an update with {} is taken and changes nothing",
    ask: async (given) => {
      const [{ status }, after] = await change(given, {});
      if (after === undefined) return no(`status ${status}`);
      return judge(after.budget === declared.budget && after.name === given.key.name, `status ${status}`);
    },
  },
  {
    id: "absent-field",
    assumption: "a field that an update leaves out keeps its value",
    ask: async (given) => {
      const [{ status }, after] = await change(given, { name: given.key.name });
      if (after === undefined) return unclear(`status ${status}`);
      return judge(
        after.budget === declared.budget,
        `budget ${declared.budget} became ${after.budget ?? null}`,
      );
    },
  },
  {
    id: "null-limit",
    assumption: "a limit of null is answered as it was written",
    ask: async (given) => {
      const { name } = given.key;
      const globalLimits = { tpm: 100, tpd: 1000, rpm: 10, rpd: null, tokenType: null };
      const [{ status }, after] = await change(given, { name, globalLimits });
      if (after?.globalLimits == null) return unclear(`status ${status}`);
      const { rpd } = after.globalLimits;
      return judge(rpd === null, `rpd null became ${String(rpd)}`);
    },
  },
  {
    id: "absent-limit",
    assumption: "a limit that the limits of an update leave out is cleared",
    ask: async (given) => {
      const [{ status }, after] = await change(given, { name: given.key.name, globalLimits: { rpm: 11 } });
      if (after?.globalLimits == null) return unclear(`status ${status}`);
      const { tpd } = after.globalLimits;
      return judge(tpd == null, `tpd 1000 became ${String(tpd)}`);
    },
  },
  {
    id: "trimmed-name",
    assumption: "blanks around a name are cut off",
    ask: async (given) => {
      const [{ status }, after] = await change(given, { name: ` ${given.key.name} ` });
      return after === undefined
        ? no(`status ${status}`)
        : judge(after.name === given.key.name, `status ${status}`);
    },
  },
  {
    id: "taken-name",
    assumption: "a name that is taken gets 422",
    ask: async ({ service, key, remove }) => {
      const answer = await service.write("POST", "/sdk/api-keys", { ...declared, name: key.name });
      const second = keyIn(answer);
      if (second !== undefined) remove(second.id);
      return judge(answer.status === 422, `status ${answer.status}`);
    },
  },
  {
    id: "admin-update",
    assumption: "the listed admin key can be updated",
    ask: async ({ service, keys }) => {
      const admin = keys.find(({ isAdmin }) => isAdmin === true);
      if (admin === undefined) return unclear("no admin key is listed");
      const { id, accessKey: _, isAdmin: __, ...own } = admin;
      const { status } = await service.write("PUT", `/sdk/api-keys/${id}`, own);
      return judge(status === 200, `its own values written back: status ${status}`);
    },
  },
];
