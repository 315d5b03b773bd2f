import type { LiveKey } from "../core/model";
import { hintMatches, isMasked } from "../core/secret";
import { plainTexts } from "./secret-values";
import type { StackState } from "./stack-state";

interface Exposed {
  /** `output accessKey of the stack` */
  readonly where: string;
  /** `the access key of "ci-bot" (<id>)` */
  readonly key: string;
}

interface Known {
  readonly key: string;
  readonly hint: string;
  /** Known if the state was read with its secrets. */
  readonly accessKey: string | undefined;
}

const STACK_TYPE = "pulumi:pulumi:Stack";

const shows = (text: string, { hint, accessKey }: Known): boolean =>
  accessKey !== undefined
    ? text.includes(accessKey)
    : !isMasked(text) && !/\s/.test(text) && hintMatches(hint, text);

/** Where a state contains access keys of the account or the admin key as plain text. */
export function exportedInPlain(
  { resources, keys }: StackState,
  live: readonly LiveKey[],
  adminKey: string,
): readonly Exposed[] {
  const own = keys.map(({ id, state }) => ({
    key: `the access key of ${JSON.stringify(state.name)} (${id})`,
    hint: state.accessKeyHint,
    accessKey: state.accessKey,
  }));
  const others = live
    .filter(
      ({ id, accessKeyHint }) => !keys.some((key) => key.id === id) && !hintMatches(accessKeyHint, adminKey),
    )
    .map(({ id, name, accessKeyHint }) => ({
      key: `the access key of ${JSON.stringify(name)} (${id})`,
      hint: accessKeyHint,
      accessKey: undefined,
    }));
  const admin = { key: "the admin key", hint: "", accessKey: adminKey };
  const known = [...own, ...others, admin];
  return resources.flatMap(({ urn, type, inputs, outputs }) => {
    const whose = type === STACK_TYPE ? "the stack" : urn;
    const texts = [
      ...plainTexts(outputs).map(({ path, text }) => ({ where: `output ${path} of ${whose}`, text })),
      ...plainTexts(inputs).map(({ path, text }) => ({ where: `input ${path} of ${whose}`, text })),
    ];
    return texts.flatMap(({ where, text }) =>
      known.filter((each) => shows(text, each)).map(({ key }) => ({ where, key })),
    );
  });
}
