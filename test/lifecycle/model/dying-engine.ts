import type { FrontDoor } from "../../harness/front-door";
import { Crash } from "../../harness/program";

/** A front door behind which the engine dies right after its n-th write; what is under way then is never written down. */
export function dyingAfter(writes: number, door: FrontDoor): FrontDoor {
  let left = writes;
  const write = async <T>(work: () => Promise<T>): Promise<T> => {
    if (left <= 0) throw new Crash();
    const [outcome] = await Promise.allSettled([work()]);
    left -= 1;
    if (left <= 0) throw new Crash();
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  };
  return {
    ...door,
    create: (news) => write(() => door.create(news)),
    update: (...given) => write(() => door.update(...given)),
    delete: (...given) => write(() => door.delete(...given)),
  };
}
