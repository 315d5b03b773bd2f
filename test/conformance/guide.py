"""The values of the platform's own guide, and the few assertions that the cases share."""

from datetime import datetime

NAME = "Test API Key"
MODEL = "6661df926d36df3b878e0697"
MODEL_PATH = "aixplain/guide-model/emulator"
OTHER_MODEL = "669a63646eb56306647e1091"
OTHER_MODEL_PATH = "openai/gpt-4o-mini/openai"
ASYNC_MODEL = "67fd9e2bef0365783d06e2f0"
UNKNOWN_ID = "no-such-model"
# No model of the catalogue, and well-formed: an open catalogue runs it.
FOREIGN_ID = "65c51c556eb563350f6e1bb1"
UNKNOWN_PATH = "nobody/no-model/nowhere"

BUDGET = 1000
EXPIRES_AT = datetime(2024, 11, 29)
EXPIRES_AT_WIRE = "2024-11-29T00:00:00.000Z"
# (tokens per minute, tokens per day, requests per minute, requests per day)
MODEL_LIMITS = (10, 30, 2, 2)
GLOBAL_LIMITS = (100, 1000, 100, 1000)

# One token; with four more of output a run costs five of the guide's ten tokens per minute.
PROMPT = "Hi"
MAX_TOKENS = 4
RUN_TOKENS = 5
RUN_USAGE = {"prompt_tokens": 1, "completion_tokens": 4, "total_tokens": 5}
# What the SDK cannot write: a key with one limit and none beside it.
HALF_FILLED = {"name": "half-filled", "globalLimits": {"tpm": None, "tpd": None, "rpm": None, "rpd": 5}}
PLENTY = (1_000_000, 1_000_000, 1_000, 1_000)


def same(actual, expected):
    assert actual == expected, f"expected {expected!r}, got {actual!r}"


def limits_of(limits):
    """A limits object of either generation as the tuple that the constants above use."""
    return (limits.token_per_minute, limits.token_per_day, limits.request_per_minute, limits.request_per_day)


def usage_of(row):
    """(requests, request limit, tokens, token limit) of a usage row of either generation."""
    return (row.daily_request_count, row.daily_request_limit, row.daily_token_count, row.daily_token_limit)


def is_mask_of(masked, secret):
    """A mask keeps the first and last four characters, and nothing else of the secret."""
    same((masked[:4], masked[-4:]), (secret[:4], secret[-4:]))
    assert masked != secret and secret[4:-4] not in masked, "the mask shows the secret"


def raises(kind, call, *texts):
    """The exception of `kind` that `call` raises; its text must contain every one of `texts`."""
    try:
        value = call()
    except kind as error:
        for text in texts:
            assert text in str(error), f"expected {text!r} in {type(error).__name__}: {error}"
        return error
    raise AssertionError(f"expected {kind.__name__}, got {value!r}")
