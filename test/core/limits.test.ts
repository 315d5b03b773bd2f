import { canonicalLimits } from "../../provider/core/limits";

describe("the token type of limits", () => {
  it.each(["tokensPerMinute", "tokensPerDay"] as const)(
    "speaks of %s, beside a limit of requests too",
    (name) => {
      const limits = { [name]: 1, requestsPerDay: 2, tokenType: "input" as const };
      expect(canonicalLimits(limits)).toEqual(limits);
    },
  );

  it("says nothing where it is the default, or where only requests are limited", () => {
    expect(canonicalLimits({ tokensPerDay: 1, tokenType: "total" })).toEqual({ tokensPerDay: 1 });
    expect(canonicalLimits({ requestsPerDay: 1, tokenType: "input" })).toEqual({ requestsPerDay: 1 });
  });
});
