import type { Connection } from "../api/connect";
import { NotFoundError } from "../api/errors";
import { AixplainError, type Problem } from "../core/errors";
import type { LiveKey } from "../core/model";
import { present } from "../core/present";
import type { ApiKeyUsage } from "../core/usage";
import { Account } from "../lifecycle/account";
import { NoSuchKeyError } from "../lifecycle/errors";
import { FUNCTIONS } from "./tokens";
import type { Properties } from "./values";

export type Answer = { readonly value: object } | { readonly problems: readonly Problem[] };

const value = (of: object): Answer => ({ value: of });

const refused = (property: string, reason: string): Answer => ({ problems: [{ property, reason }] });

/** Of a key what may be seen: never its access key, which the platform does not tell either. */
const shown = (key: LiveKey) => {
  const { id, name, budget, expiresAt, suspended, globalLimits, assetLimits, accessKeyHint, isAdmin } = key;
  return present({
    id,
    name,
    budget,
    expiresAt,
    suspended,
    globalLimits,
    assetLimits,
    accessKeyHint,
    isAdmin,
  });
};

/** The functions of the provider. What they read serves every call of a run. */
export class Functions {
  private readonly account: Account;
  private readonly usages = new Map<string, Promise<ApiKeyUsage>>();

  constructor(
    private readonly connection: Connection,
    private readonly warn: (line: string) => void,
  ) {
    this.account = new Account(connection.keys, connection.backend, connection.now);
  }

  /** Calls a function by its token. */
  call(token: string, args: Properties): Promise<Answer> {
    switch (token) {
      case FUNCTIONS.getApiKey:
        return this.getApiKey(args);
      case FUNCTIONS.getApiKeys:
        return this.getApiKeys();
      case FUNCTIONS.getUsage:
        return this.withText(args, "id", async (id) => value(await this.usage(id)));
      case FUNCTIONS.getModel:
        return this.withText(args, "model", (model) => this.getModel(model));
      default: {
        const known = Object.values(FUNCTIONS).join(", ");
        throw new AixplainError(`${token} is not a function of this provider (known: ${known})`);
      }
    }
  }

  private async withText(
    args: Properties,
    name: string,
    run: (text: string) => Promise<Answer>,
  ): Promise<Answer> {
    const text = args[name];
    return typeof text === "string" && text !== "" ? run(text) : refused(name, "is missing: give it as text");
  }

  private async getApiKey({ id, name }: Properties): Promise<Answer> {
    if ((id === undefined) === (name === undefined))
      return refused("id", "or name has to be given, and not both");
    const found = (
      keys: ReadonlyMap<string, { readonly id: string; readonly name: string; live(): LiveKey }>,
    ) => [...keys.values()].find((key) => key.id === id || key.name === name);
    // A key that was not there may have come in this run.
    const key = found(await this.account.keys()) ?? found(await this.account.freshKeys());
    if (!key) throw new NoSuchKeyError(String(id ?? name));
    return value(shown(key.live()));
  }

  private async getApiKeys(): Promise<Answer> {
    const keys = await this.account.freshKeys();
    return value({ apiKeys: [...keys.values()].map((key) => shown(key.live())) });
  }

  private async getModel(model: string): Promise<Answer> {
    try {
      return value(await this.connection.models.get(model));
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      return refused(
        "model",
        `is ${JSON.stringify(model)}, which the platform does not know: check its spelling`,
      );
    }
  }

  private usage(id: string): Promise<ApiKeyUsage> {
    const reading = this.usages.get(id) ?? this.readUsage(id);
    this.usages.set(id, reading);
    return reading;
  }

  /** A reading that fails is a warning, and no reason to fail a deployment. */
  private async readUsage(id: string): Promise<ApiKeyUsage> {
    const { keys, now, redactor } = this.connection;
    try {
      return await keys.usage(id, now());
    } catch (error) {
      if (!(error instanceof AixplainError)) throw error;
      const unavailable = redactor.redact(error.message);
      this.warn(`The usage of the key ${id} could not be read: ${unavailable}`);
      return { models: {}, unavailable };
    }
  }
}
