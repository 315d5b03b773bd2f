import * as pulumi from "@pulumi/pulumi";
import { type EngineOptions, OPTIONS } from "../core/model";
import { problemOfPath } from "../core/property-path";
import { DYNAMIC_TYPE } from "../dynamic/stub";

export class ResourceOptionError extends pulumi.RunError {
  constructor(resource: string, problems: readonly string[]) {
    super(`the options of the ApiKey ${JSON.stringify(resource)}: ${problems.join("; and ")}`);
  }
}

type Values = Readonly<Record<string, unknown>>;

/** The top-level properties with secret values. A dynamic provider receives them unwrapped. */
async function secretsIn(props: Values): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(props).map(async ([name, value]) => ((await holdsSecret(value)) ? [name] : [])),
  );
  return found.flat();
}

async function holdsSecret(value: unknown): Promise<boolean> {
  if (pulumi.Output.isInstance(value)) return pulumi.isSecret(value);
  if (value instanceof Promise) return holdsSecret(await value);
  if (typeof value !== "object" || value === null) return false;
  return (await Promise.all(Object.values(value).map(holdsSecret))).includes(true);
}

const holdsOutput = (value: unknown): boolean =>
  pulumi.Output.isInstance(value) ||
  value instanceof Promise ||
  (typeof value === "object" && value !== null && Object.values(value).some(holdsOutput));

/**
 * The last transformation of every `ApiKey`: passes the options on that Pulumi's dynamic host drops, and refuses
 * options that cannot work.
 */
export const engineOptions: pulumi.ResourceTransformation = ({ type, name, props, opts }) => {
  if (type !== DYNAMIC_TYPE || opts.id !== undefined) return undefined;
  const options = opts as pulumi.CustomResourceOptions;
  const { ignoreChanges = [], replaceOnChanges = [] } = options;
  const problems = [...ignoreChanges, ...replaceOnChanges].flatMap((path) => problemOfPath(path) ?? []);
  if (options.import !== undefined) {
    problems.push(
      "import does not work with a dynamic provider: read the key with ApiKey.get, adopt it with the property adopt, or import it with the native provider (pulumi-aixplain/native)",
    );
  }
  if (options.customTimeouts !== undefined) {
    problems.push(
      "customTimeouts do not reach a dynamic provider: set the time-out of a call with pulumi config set aixplain:timeoutSeconds <seconds>",
    );
  }
  if (problems.length > 0) throw new ResourceOptionError(name, problems);
  const values: Values = props;
  const plain: EngineOptions = {
    ...(ignoreChanges.length === 0 ? {} : { ignoreChanges }),
    ...(replaceOnChanges.length === 0 ? {} : { replaceOnChanges }),
  };
  const handed = holdsOutput(values)
    ? secretsIn(values).then((secrets) =>
        secrets.length === 0 ? undefinedIfEmpty(plain) : { ...plain, secrets },
      )
    : undefinedIfEmpty(plain);
  // Two keys cannot share a name. `pulumi up --replace` does not ask the provider's diff.
  const deleteFirst = values.name !== undefined && values.name !== null;
  return {
    props: { ...props, ...(handed === undefined ? {} : { [OPTIONS]: handed }) },
    opts: deleteFirst ? { deleteBeforeReplace: true, ...options } : options,
  };
};

const undefinedIfEmpty = (options: EngineOptions): EngineOptions | undefined =>
  Object.keys(options).length === 0 ? undefined : options;
