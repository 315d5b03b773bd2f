import type { Connection } from "../api/connect";
import { type Answer, LookUps } from "../api/look-ups";
import { AixplainError } from "../core/errors";
import { argumentProblems, FUNCTIONS, type FunctionName, tokenOf } from "../core/functions";
import type { GetApiKeyArgs, GetApiKeysArgs } from "../core/look-ups";
import type { ApiKeyUsage } from "../core/usage";
import { Account } from "../lifecycle/account";
import type { Properties } from "./values";

const NAMES = Object.keys(FUNCTIONS) as FunctionName[];

/** The functions of the provider. A run shares their readings. */
export class Functions {
  private readonly lookUps: LookUps;
  private readonly usages = new Map<string, Promise<ApiKeyUsage>>();

  constructor(
    private readonly connection: Connection,
    private readonly warn: (line: string) => void,
  ) {
    this.lookUps = new LookUps(connection, new Account(connection.keys, connection.backend, connection.now));
  }

  /** Calls a function by its token. */
  async call(token: string, args: Properties): Promise<Answer<object>> {
    const name = NAMES.find((each) => tokenOf(each) === token);
    if (name === undefined) {
      const known = NAMES.map(tokenOf).join(", ");
      throw new AixplainError(`${token} is not a function of this provider (known: ${known})`);
    }
    const problems = argumentProblems(name, args);
    return problems.length > 0 ? { problems } : this.answer(name, args);
  }

  private async answer(name: FunctionName, args: Properties): Promise<Answer<object>> {
    switch (name) {
      case "getApiKey":
        return {
          value: await this.lookUps.getApiKey(args as GetApiKeyArgs),
        };
      case "getApiKeys":
        // The engine does not say which resources the call depends on. It may be a key of this run.
        return { value: await this.lookUps.getApiKeys(args as GetApiKeysArgs, true) };
      case "getUsage":
        return { value: await this.usage(String(args.id)) };
      case "getModel":
        return this.lookUps.getModel({ model: String(args.model) });
    }
  }

  private usage(id: string): Promise<ApiKeyUsage> {
    const reading = this.usages.get(id) ?? this.readUsage(id);
    this.usages.set(id, reading);
    return reading;
  }

  /** A failed reading is a warning and does not fail the deployment. */
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
