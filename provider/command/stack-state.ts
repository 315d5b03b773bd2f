import * as z from "zod";
import { type ApiKeyState, OPTIONS } from "../core/model";
import { readState } from "../core/state";
import { CommandError, EXIT } from "./exit-code";
import { parsedJson, readText } from "./files";
import { askPulumi, type StackPlace } from "./pulumi-cli";
import { plain } from "./secret-values";

export const API_KEY_TYPE = "aixplain:index:ApiKey";
const KEY_TYPES: readonly string[] = [API_KEY_TYPE, "pulumi-nodejs:dynamic/aixplain:ApiKey"];

class StateError extends CommandError {
  override readonly name = "StateError";
}

const values = z.record(z.string(), z.unknown()).default({});
const resource = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().default(""),
  inputs: values,
  outputs: values,
  external: z.boolean().default(false),
  delete: z.boolean().default(false),
});
const exported = z.object({
  deployment: z.object({
    resources: z.array(resource).nullish(),
    pending_operations: z.array(z.object({ type: z.string(), resource })).nullish(),
  }),
});
type Resource = z.infer<typeof resource>;

export interface KeyInState {
  readonly urn: string;
  readonly id: string;
  readonly state: ApiKeyState;
  /** The paths of values that messages must not show. */
  readonly secrets: readonly string[];
  /** The properties that are at least partly encrypted in the export. */
  readonly encrypted: readonly string[];
  /** Whether the program only reads it. */
  readonly external: boolean;
  /** Whether a replacement left it to be deleted. */
  readonly replaced: boolean;
}

export interface StackState {
  readonly source: string;
  readonly keys: readonly KeyInState[];
  /** The names of keys whose creation is not confirmed in the state. */
  readonly pendingNames: readonly string[];
  readonly resources: readonly Resource[];
}

function keyOf({ urn, id, inputs, outputs, external, delete: replaced }: Resource): KeyInState {
  const read = plain(outputs);
  const declared = plain(inputs);
  const options = z.object({ secrets: z.array(z.string()) }).safeParse(inputs[OPTIONS]);
  const encrypted = [...new Set([...read.encrypted].map((path) => path.split(/[.[]/)[0] ?? path))];
  return {
    urn,
    id,
    state: readState(read.value),
    secrets: [...read.secrets, ...declared.secrets, ...(options.success ? options.data.secrets : [])],
    encrypted: encrypted.filter((name) => name !== "accessKey"),
    external,
    replaced,
  };
}

function stateOf(source: string, answer: unknown): StackState {
  const read = exported.safeParse(answer);
  if (!read.success) {
    throw new StateError(`${source} is not a state written by pulumi stack export`, EXIT.misused, {
      next: "Run pulumi stack export --file state.json to write one",
    });
  }
  const { resources, pending_operations: pending } = read.data.deployment;
  const isKey = ({ type }: Resource): boolean => KEY_TYPES.includes(type);
  const creating = (pending ?? []).filter(({ type, resource }) => type === "creating" && isKey(resource));
  return {
    source,
    keys: (resources ?? []).filter((each) => isKey(each) && each.id !== "").map(keyOf),
    pendingNames: creating.flatMap(({ resource }) => {
      const { name } = readState(plain(resource.inputs).value);
      return name === "" ? [] : [name];
    }),
    resources: resources ?? [],
  };
}

/**
 * The state of a stack with its secrets. Never print them.
 * @throws PulumiCliError, StateError
 */
export const stackState = async (place: StackPlace): Promise<StackState> =>
  stateOf(
    `the stack ${JSON.stringify(place.stack)}`,
    await askPulumi("state", ["stack", "export", "--show-secrets"], place),
  );

/**
 * A state from a file of `pulumi stack export`.
 * @throws FileError, StateError
 */
export const fileState = (file: string): StackState =>
  stateOf(`the file ${JSON.stringify(file)}`, parsedJson(readText(file)));
