import type { Emulator } from "aixplain-emulator";
import { runModel } from "./model-run";
import type { ProjectCopy } from "./project";
import type { CommandResult, GuideStack } from "./stack";
import type { Story } from "./terminal";

/** As examples/guide declares them. */
const MODEL = "6661df926d36df3b878e0697";
const NAME = "Test API Key";

export class FailedCheckError extends Error {
  override readonly name = "FailedCheckError";
}

export interface Stage {
  readonly story: Story;
  readonly emulator: Emulator;
  readonly stack: GuideStack;
  readonly project: ProjectCopy;
}

/** Throws at the first step that differs. */
export async function walkThroughTheGuide(stage: Stage): Promise<void> {
  const { story, emulator, stack, project } = stage;

  const check = (holds: boolean, claim: string): void => {
    if (!holds) {
      story.failed(claim);
      throw new FailedCheckError(claim);
    }
    story.checked(claim);
  };
  const run = async (
    command: string,
    result: Promise<CommandResult>,
    show: (text: string) => string = all,
  ): Promise<string> => {
    story.command(command);
    const { text, ok } = await result;
    story.output(ok ? show(text) : text);
    if (!ok) check(false, `${command} ends without an error`);
    return text;
  };
  const liveKey = () => emulator.controls.keys().find(({ name }) => name === NAME);

  story.begin("Preview: the planned changes");
  const first = await run("pulumi preview --diff", stack.preview("--diff"));
  check(first.includes("+ 2 to create"), "the preview announces the creation of the key and its stack");
  check(liveKey() === undefined, "the server still has no such key");

  story.begin("Up: the key is created, with both kinds of limits, a budget and an expiry");
  await run("pulumi up", stack.up(), withoutOutputs);
  const created = liveKey();
  check(created?.budget === 1000, "the server has the key, with a budget of 1000 credits");
  const { accessKey } = await stack.outputs();
  check(accessKey === created?.accessKey, "the access key is a secret output of the stack");

  story.begin("The key is used: two requests fit the limits of the model, the third does not");
  for (const [number, expected] of [200, 200, 429].entries()) {
    story.command(`curl -H "x-api-key: $ACCESS_KEY" -d '{"data": "Hi"}' .../execute/${MODEL}`);
    const answer = await runModel(emulator.modelsRunUrl, MODEL, accessKey, { data: "Hi", max_tokens: 2 });
    story.output(`${answer.status} ${answer.summary}`);
    check(answer.status === expected, `request ${number + 1} is answered with ${expected}`);
  }

  story.begin("Up again: no resource changes, and the usage among the outputs is fresh");
  const again = await run("pulumi up", stack.up(), (text) => text);
  check(again.includes("2 unchanged"), "nothing changes");
  const { usage, modelUsage } = await stack.outputs();
  check(usage.total.requests.used === 2, "the key as a whole has used 2 of its 1000 requests");
  check(modelUsage.requests.remaining === 0, "the model has no request left today");

  story.begin("The state contains no admin key and no access key in plain text");
  const state = await stack.exportedState();
  check(!state.includes(emulator.adminKey), "the admin key is not in the state");
  check(!state.includes(accessKey), "the access key is in the state in encrypted form only");

  story.begin("The guide's step 5: change the budget and the limits");
  project.edit([
    ["budget: 1000", "budget: 200"],
    ["tokensPerMinute: 100,", "tokensPerMinute: 500,"],
    ["tokensPerDay: 1000,", "tokensPerDay: 50,"],
    ["tokensPerMinute: 10,", "tokensPerMinute: 6000,"],
  ]);
  const change = await run("pulumi preview --diff", stack.preview("--diff"));
  check(/budget\s*: 1000 => 200/.test(change), "the preview shows the new budget");
  check(change.includes("~ 1 to update"), "the key is updated, not replaced");
  await run("pulumi up", stack.up(), withoutOutputs);
  const changed = liveKey();
  check(changed?.budget === 200 && changed.globalLimits?.tpd === 50, "the server has the new values");
  check(changed?.accessKey === accessKey, "the access key is still the same");

  story.begin("Somebody changes a limit outside Pulumi");
  emulator.controls.updateKey(NAME, { globalLimits: { tpm: 500, tpd: 999_999, rpm: 100, rpd: 1000 } });
  const drift = await run("pulumi preview", stack.preview());
  check(
    drift.includes("globalLimits.tokensPerDay 50 -> 999999"),
    "the preview reports the change without a refresh",
  );
  check(drift.includes("~ 1 to update"), "the preview announces the update that restores the limit");
  await run("pulumi up", stack.up(), withoutOutputs);
  check(liveKey()?.globalLimits?.tpd === 50, "the limit is as declared again");

  story.begin("Somebody deletes the key");
  emulator.controls.deleteKey(NAME);
  const gone = await run("pulumi preview", stack.preview());
  check(gone.includes("was deleted outside of Pulumi"), "the preview reports that the key was deleted");
  await run("pulumi up", stack.up(), withoutOutputs);
  const { accessKey: renewed } = await stack.outputs();
  check(
    liveKey()?.accessKey === renewed && renewed !== accessKey,
    "there is a new key, with a new access key",
  );

  story.begin("Destroy: nothing is left");
  await run("pulumi destroy", stack.destroy(), summaryOnly);
  check(liveKey() === undefined, "the key is gone from the server");
  check(
    emulator.controls.keys().every(({ isAdmin }) => isAdmin),
    "only the admin key is left in the account",
  );
}

const all = (text: string): string => text;

/** Hides the outputs of the stack except in the step that is about them. */
const withoutOutputs = (text: string): string => text.replace(/^Outputs:\n[\s\S]*?(?=^Resources:)/m, "");

const summaryOnly = (text: string): string =>
  text.replace(/\nThe resources in the stack have been deleted[\s\S]*/, "");
