"""A key with a budget and limits, declared in Python."""

import pulumi
import pulumi_aixplain as aixplain

key = aixplain.ApiKey(
    "bot",
    budget=200,
    expires_at="2030-01-31",
    global_limits=aixplain.LimitsArgs(requests_per_minute=60, tokens_per_day=100_000),
    asset_limits=[aixplain.AssetLimitsArgs(model="openai/gpt-4o-mini/openai", requests_per_day=500)],
)

pulumi.export("accessKey", key.access_key)
pulumi.export("hint", key.access_key_hint)
