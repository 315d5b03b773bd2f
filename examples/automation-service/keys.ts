import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { ApiKey } from "pulumi-aixplain";

/** What every member gets. */
const program = async () => {
  const key = new ApiKey("key", {
    budget: 10,
    globalLimits: { requestsPerMinute: 20, tokensPerDay: 10_000 },
  });
  return { accessKey: key.accessKey };
};

/** A stack for each member: no member waits for the update of another one. */
const stackOf = (member: string): Promise<Stack> =>
  LocalWorkspace.createOrSelectStack({
    stackName: member,
    projectName: "aixplain-automation-service",
    program,
  });

/** Creates the key of a member, or brings the one that is there up to date. */
export async function handOut(member: string): Promise<string> {
  const stack = await stackOf(member);
  const { outputs } = await stack.up();
  return String(outputs.accessKey?.value);
}

/** Deletes the key of a member, and the stack with it. */
export async function takeBack(member: string): Promise<void> {
  const stack = await stackOf(member);
  await stack.destroy();
  await stack.workspace.removeStack(member);
}
