import { z } from "zod";
import { BenchError } from "../errors";
import type { StateSize } from "./model";

const properties = z.record(z.string(), z.unknown());
const resource = z.looseObject({
  type: z.string(),
  inputs: properties.optional(),
  outputs: properties.optional(),
});
type Resource = z.infer<typeof resource>;

const stateFile = z.object({ checkpoint: z.object({ latest: z.object({ resources: z.array(resource) }) }) });

const DYNAMIC = "pulumi-nodejs:dynamic/aixplain:ApiKey";
const NATIVE = "aixplain:index:ApiKey";

const without = (from: object | undefined, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(from ?? {}).filter(([name]) => !names.includes(name)));

/** Properties that only a dynamic provider stores. */
const OWN = ["__provider", "__autoname"];
const POSITION = ["sourcePosition", "stackTrace"];

function asNative(held: Resource): Resource {
  const renamed = JSON.stringify(held)
    .replaceAll(DYNAMIC, NATIVE)
    .replaceAll("pulumi:providers:pulumi-nodejs::default::", "pulumi:providers:aixplain::default_0_1_0::");
  const { inputs, outputs, propertyDependencies, ...rest } = resource.parse(JSON.parse(renamed));
  return {
    ...rest,
    inputs: without(inputs, OWN),
    outputs: without(outputs, OWN),
    propertyDependencies: without(propertyDependencies ?? {}, OWN),
  };
}

/** Compact JSON, as the file backend writes it. */
export function stateSize(text: string, keys: number): StateSize {
  const held = stateFile
    .parse(JSON.parse(text))
    .checkpoint.latest.resources.filter(({ type }) => type === DYNAMIC);
  if (held.length !== keys) throw new BenchError(`the state contains ${held.length} keys, not ${keys}`);
  const mean = (of: (each: Resource) => object): number =>
    held.reduce((sum, each) => sum + Buffer.byteLength(JSON.stringify(of(each))) + 1, 0) / held.length;
  const bytesPerKey = mean((each) => each);
  return {
    keys,
    bytesPerKey,
    nativeBytesPerKey: mean(asNative),
    sourcePositionBytes: bytesPerKey - mean((each) => without(each, POSITION)),
    providerBytes:
      bytesPerKey -
      mean((each) => ({
        ...each,
        inputs: without(each.inputs, ["__provider"]),
        outputs: without(each.outputs, ["__provider"]),
      })),
  };
}
