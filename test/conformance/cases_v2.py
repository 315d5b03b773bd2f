"""The SDK's second generation: resources bound to an `Aixplain` client. One case per function, named by its `case` decorator."""

import os
from datetime import datetime

from aixplain import Aixplain
from aixplain.v2.api_key import APIKeyLimits, TokenType
from aixplain.v2.enums import ResponseStatus
from aixplain.v2.exceptions import APIError, ResourceError, ValidationError

from guide import (
    ASYNC_MODEL,
    BUDGET,
    EXPIRES_AT,
    EXPIRES_AT_WIRE,
    GLOBAL_LIMITS,
    HALF_FILLED,
    MAX_TOKENS,
    MODEL,
    MODEL_LIMITS,
    MODEL_PATH,
    NAME,
    OTHER_MODEL,
    OTHER_MODEL_PATH,
    PLENTY,
    PROMPT,
    RUN_TOKENS,
    RUN_USAGE,
    FOREIGN_ID,
    UNKNOWN_ID,
    UNKNOWN_PATH,
    is_mask_of,
    limits_of,
    raises,
    same,
    usage_of,
)

CASES = {}
ADMIN_KEY = os.environ["AIXPLAIN_API_KEY"]


def case(name):
    def register(function):
        CASES[f"v2.{name}"] = function
        return function

    return register


def client(key=None):
    """A new client: each has its own memory of which path belongs to which model."""
    return Aixplain(api_key=key or ADMIN_KEY)


def model_limits(limits=MODEL_LIMITS, model=MODEL, token_type=None):
    return APIKeyLimits(*limits, model=model, token_type=token_type)


def create_guide_key(aix=None, model=MODEL):
    return (aix or client()).APIKey.create(
        name=NAME,
        budget=BUDGET,
        global_limits=APIKeyLimits(*GLOBAL_LIMITS),
        asset_limits=[model_limits(model=model)],
        expires_at=EXPIRES_AT,
    )


def create_key(name="member", budget=None, global_limits=PLENTY, asset_limits=None, aix=None):
    limits = None if global_limits is None else APIKeyLimits(*global_limits)
    return (aix or client()).APIKey.create(name=name, budget=budget, global_limits=limits, asset_limits=asset_limits)


def runner(key, model=MODEL):
    """A model that runs with the key's own secret."""
    return client(key.key).Model.get(model)


def run(model, **options):
    return model.run(text=PROMPT, max_tokens=MAX_TOKENS, **options)


def refused(call, status, *texts):
    error = raises(APIError, call, *texts)
    same(error.status_code, status)
    return error


def usage(row):
    return {name: getattr(row, name) for name in RUN_USAGE}


# --- The guide's own steps


@case("guide.create")
def _(world):
    key = create_guide_key()
    assert key.id, "no id"
    same((key.name, key.budget, key.is_admin), (NAME, BUDGET, False))
    same(limits_of(key.global_limits), GLOBAL_LIMITS)
    same([(limit.model, limits_of(limit)) for limit in key.asset_limits], [(MODEL, MODEL_LIMITS)])
    same(key.expires_at, EXPIRES_AT_WIRE)
    assert len(key.key) >= 16 and "*" not in key.key, "the create answer must show the whole secret"


@case("guide.list")
def _(world):
    created = create_guide_key()
    [key] = [key for key in client().APIKey.list() if key.id == created.id]
    same((key.name, key.budget, key.expires_at), (NAME, BUDGET, EXPIRES_AT_WIRE))
    same(limits_of(key.global_limits), GLOBAL_LIMITS)
    same([(limit.model, limits_of(limit)) for limit in key.asset_limits], [(MODEL, MODEL_LIMITS)])
    is_mask_of(key.key, created.key)


@case("guide.search")
def _(world):
    """A search is the same call: one page, nothing skipped."""
    create_guide_key()
    page = client().APIKey.search()
    same((page.page_total, page.skipped, page.total), (1, 0, len(page.results)))
    assert NAME in [key.name for key in page.results], "not found"


@case("guide.get_by_id")
def _(world):
    created = create_guide_key()
    key = client().APIKey.get(created.id)
    same((key.id, key.name, key.budget, key.expires_at), (created.id, NAME, BUDGET, EXPIRES_AT_WIRE))
    same(limits_of(key.global_limits), GLOBAL_LIMITS)
    is_mask_of(key.key, created.key)


@case("guide.get_by_access_key")
def _(world):
    create_key("other")
    created = create_guide_key()
    key = client().APIKey.get_by_access_key(created.key)
    same((key.id, key.name), (created.id, NAME))
    is_mask_of(key.key, created.key)


@case("guide.usage")
def _(world):
    key = create_guide_key()
    same([(row.model, usage_of(row)) for row in key.get_usage()], [(None, (0, 1000, 0, 1000)), (MODEL, (0, 2, 0, 30))])
    run(runner(key))
    same(
        [(row.model, usage_of(row)) for row in key.get_usage()],
        [(None, (1, 1000, RUN_TOKENS, 1000)), (MODEL, (1, 2, RUN_TOKENS, 30))],
    )


@case("guide.usage_of_model")
def _(world):
    key = create_guide_key()
    run(runner(key))
    same([(row.model, usage_of(row)) for row in key.get_usage(MODEL)], [(MODEL, (1, 2, RUN_TOKENS, 30))])
    same(key.get_usage(OTHER_MODEL), [])


@case("guide.update")
def _(world):
    created = create_guide_key()
    key = client().APIKey.get_by_access_key(created.key)
    key.budget = 200
    key.set_token_per_day(50)
    key.set_token_per_minute(500)
    key.set_token_per_minute(6000, MODEL)
    key.save()
    for view in (key, client().APIKey.get(created.id)):
        same((view.id, view.name, view.budget, view.expires_at), (created.id, NAME, 200, EXPIRES_AT_WIRE))
        same(limits_of(view.global_limits), (500, 50, 100, 1000))
        same([limits_of(limit) for limit in view.asset_limits], [(6000, 30, 2, 2)])
        is_mask_of(view.key, created.key)


@case("guide.delete")
def _(world):
    key = create_guide_key()
    key_id, secret = key.id, key.key
    result = key.delete()
    same((result.status, result.deleted_id, key.is_deleted), ("SUCCESS", key_id, True))
    aix = client()
    assert key_id not in [other.id for other in aix.APIKey.list()], "still listed"
    refused(lambda: aix.APIKey.get(key_id), 404)
    raises(ResourceError, lambda: aix.APIKey.get_by_access_key(secret), "not found")


@case("guide.run")
def _(world):
    key = create_guide_key()
    result = run(runner(key))
    same((result.status, result.completed, usage(result.usage)), ("SUCCESS", True, RUN_USAGE))
    assert isinstance(result.data, str) and result.data, "no text"
    assert result.used_credits > 0, "a run costs something"
    same(world.received()[-1], f"POST /api/v2/execute/{MODEL}")


# --- Management beyond the guide


@case("create.minimal")
def _(world):
    """v2 leaves unset limits and expiry out of the body: a new key then has none."""
    created = create_key("minimal", global_limits=None)
    key = client().APIKey.get(created.id)
    same((key.budget, key.global_limits, key.asset_limits, key.expires_at), (None, None, [], None))


@case("create.by_save")
def _(world):
    aix = client()
    key = aix.APIKey(name="saved", budget=1, global_limits=APIKeyLimits(*PLENTY)).save()
    same((aix.APIKey.get(key.id).name, "*" in key.key), ("saved", False))


@case("create.from_dictionaries")
def _(world):
    """The SDK takes limits as dictionaries in the platform's own words; one that is left out is written as 0."""
    created = client().APIKey.create(
        name="dictionaries",
        budget=1,
        global_limits={"tpm": 1, "tpd": 2, "rpm": 3, "rpd": 4},
        asset_limits=[{"assetId": MODEL, "tpm": 5, "tokenType": "output"}],
        expires_at="2024-12-24T00:00:00Z",
    )
    key = client().APIKey.get(created.id)
    same((limits_of(key.global_limits), key.expires_at), ((1, 2, 3, 4), "2024-12-24T00:00:00.000Z"))
    [asset] = key.asset_limits
    same((limits_of(asset), asset.token_type), ((5, 0, 0, 0), TokenType.OUTPUT))


@case("create.token_types")
def _(world):
    for token_type in TokenType:
        aix = client()
        created = aix.APIKey.create(
            name=token_type.value,
            budget=None,
            global_limits=APIKeyLimits(*PLENTY, token_type=token_type),
            asset_limits=[model_limits(PLENTY, token_type=token_type)],
        )
        key = aix.APIKey.get(created.id)
        same((key.global_limits.token_type, key.asset_limits[0].token_type), (token_type, token_type))
    same(client().APIKey.get(create_key("none").id).global_limits.token_type, None)


@case("create.model_path")
def _(world):
    """A path is looked up and its id is written; the client that wrote it shows the path, every other one the id."""
    aix = client()
    created = create_guide_key(aix, model=MODEL_PATH)
    assert f"GET /v2/models/{MODEL_PATH.replace('/', '%2F')}" in world.received(), world.received()
    same([limit.model for limit in created.asset_limits], [MODEL_PATH])
    same([limit.model for limit in aix.APIKey.get(created.id).asset_limits], [MODEL_PATH])
    same([limit.model for limit in client().APIKey.get(created.id).asset_limits], [MODEL])


@case("create.model_object")
def _(world):
    aix = client()
    created = create_guide_key(aix, model=aix.Model.get(OTHER_MODEL))
    same([limit.model for limit in created.asset_limits], [OTHER_MODEL_PATH])
    same([limit.model for limit in client().APIKey.get(created.id).asset_limits], [OTHER_MODEL])


@case("create.unknown_path")
def _(world):
    raises(ResourceError, lambda: create_guide_key(model=UNKNOWN_PATH), f"Could not resolve model path '{UNKNOWN_PATH}'")
    assert "POST /sdk/api-keys" not in world.received(), "a key was written"


@case("create.unknown_model")
def _(world):
    raises(ResourceError, lambda: create_guide_key(model=UNKNOWN_ID), "Failed to save resource", "assetId")


@case("create.bad_body")
def _(world):
    raises(ResourceError, lambda: create_key(global_limits=(1.5, 1, 1, 1)), "Failed to save resource", "tpm")


@case("duplicate.takeover")
def _(world):
    """Before it creates, v2 looks for the name and then updates that key: whoever asks for a new one gets the old one, masked."""
    first = create_key("taken", budget=5)
    second = create_key("taken", budget=6, global_limits=(1, 2, 3, 4))
    same(second.id, first.id)
    is_mask_of(second.key, first.key)
    assert f"PUT /sdk/api-keys/{first.id}" in world.received(), world.received()
    key = client().APIKey.get(first.id)
    same((key.budget, limits_of(key.global_limits)), (6, (1, 2, 3, 4)))
    same([other.id for other in client().APIKey.list() if other.name == "taken"], [first.id])


@case("duplicate.takeover_after_422")
def _(world):
    """Where the look-up fails, the create is refused with 422: v2 then hands out the existing key as it is, and writes nothing."""
    first = create_key("taken", budget=5)
    world.fail_next("listKeys", 403)
    second = create_key("taken", budget=6)
    same((second.id, second.budget), (first.id, 5))
    is_mask_of(second.key, first.key)
    same(world.received()[-3:], ["GET /sdk/api-keys", "POST /sdk/api-keys", "GET /sdk/api-keys"])
    same(client().APIKey.get(first.id).budget, 5)


@case("update.rename_to_taken")
def _(world):
    create_key("first")
    key = create_key("second")
    key.name = "first"
    raises(ResourceError, key.save, "Failed to save resource", "first")
    same(client().APIKey.get(key.id).name, "second")


@case("update.by_path")
def _(world):
    """The client that knows a model by its path changes its limit by that path, and writes the id again."""
    aix = client()
    created = create_guide_key(aix, model=MODEL_PATH)
    key = aix.APIKey.get(created.id)
    key.set_request_per_day(5, MODEL_PATH)
    raises(ResourceError, lambda: key.set_request_per_day(6, MODEL), f"Limit for model {MODEL} not found")
    key.save()
    same([limit.model for limit in key.asset_limits], [MODEL_PATH])
    [limit] = client().APIKey.get(created.id).asset_limits
    same((limit.model, limit.request_per_day), (MODEL, 5))


@case("update.by_id")
def _(world):
    """A client that has not seen the path knows the model by its id only."""
    created = create_guide_key(model=MODEL_PATH)
    key = client().APIKey.get(created.id)
    raises(ResourceError, lambda: key.set_request_per_day(6, MODEL_PATH), f"Limit for model {MODEL_PATH} not found")
    key.set_request_per_day(5, MODEL)
    key.save()
    [limit] = client().APIKey.get(created.id).asset_limits
    same((limit.model, limit.request_per_day), (MODEL, 5))


@case("update.by_model")
def _(world):
    aix = client()
    created = create_guide_key(aix, model=MODEL_PATH)
    key = aix.APIKey.get(created.id)
    key.set_request_per_day(5, aix.Model.get(MODEL))
    key.save()
    same([limit.request_per_day for limit in client().APIKey.get(created.id).asset_limits], [5])


@case("update.every_listed_key")
def _(world):
    """The platform's own functional tests list all keys and update each."""
    create_guide_key()
    keys = client().APIKey.list()
    same(sorted(key.is_admin for key in keys), [False, True])
    for key in keys:
        key.budget = 5
        key.save()
    same([key.budget for key in client().APIKey.list()], [5, 5])


@case("run.foreign_model")
def _(world):
    key = create_key(asset_limits=[model_limits(limits=(1000, 1000, 1, 1), model=FOREIGN_ID)])
    model = runner(key, FOREIGN_ID)
    same(run(model).status, "SUCCESS")
    refused(lambda: run(model), 429)


@case("run.details")
def _(world):
    result = run(runner(create_key()))
    same(result.details[0].message.content, result.data)
    same(result.asset, {"assetId": MODEL, "id": MODEL})


@case("update.expiry")
def _(world):
    key = create_guide_key()
    key.expires_at = datetime(2025, 2, 28)
    key.save()
    same((key.expires_at, client().APIKey.get(key.id).expires_at), ("2025-02-28T00:00:00.000Z",) * 2)


@case("update.add_and_drop_models")
def _(world):
    key = create_guide_key()
    key.asset_limits = [model_limits(PLENTY, OTHER_MODEL_PATH)]
    key.save()
    same([(limit.model, limits_of(limit)) for limit in client().APIKey.get(key.id).asset_limits], [(OTHER_MODEL, PLENTY)])
    key.asset_limits = []
    key.save()
    same(client().APIKey.get(key.id).asset_limits, [])


@case("usage.own")
def _(world):
    key = create_guide_key()
    run(runner(key))
    member = client(key.key)
    rows = [(row.model, usage_of(row)) for row in member.APIKey.get_usage_limits()]
    same(rows, [(row.model, usage_of(row)) for row in client().APIKey.get(key.id).get_usage()])
    same([row.model for row in member.APIKey.get_usage_limits(MODEL)], [MODEL])


@case("usage.by_path_finds_nothing")
def _(world):
    """v2 compares the words that it was given with the id in the row: only an id finds a row."""
    aix = client()
    key = create_guide_key(aix, model=MODEL_PATH)
    same((key.get_usage(MODEL_PATH), key.get_usage(aix.Model.get(MODEL)), len(key.get_usage(MODEL))), ([], [], 1))


@case("get_by_access_key.unknown")
def _(world):
    raises(ResourceError, lambda: client().APIKey.get_by_access_key("no-such-access-key"), "not found")
    raises(ValidationError, lambda: client().APIKey.get_by_access_key("short"), "at least 8 characters")


@case("model.by_id_and_path")
def _(world):
    aix = client()
    for name in (MODEL, MODEL_PATH):
        model = aix.Model.get(name)
        same((model.id, model.path), (MODEL, MODEL_PATH))


@case("list.half_filled_limits")
def _(world):
    """v2 leaves a key with a limit that is null out of its list, and cannot get it."""
    aix = client()
    key = create_key()
    world.create_key(HALF_FILLED)
    page = aix.APIKey.search()
    same((page.skipped, key.id in [other.id for other in page.results]), (1, True))
    assert HALF_FILLED["name"] not in [other.name for other in page.results], "listed"


# --- Errors of the management API


@case("error.401_management")
def _(world):
    refused(lambda: client("not-a-key-of-this-account").APIKey.list(), 401)


@case("error.403_member_manages")
def _(world):
    victim = create_key("victim")
    member = client(create_key("member").key)
    refused(lambda: member.APIKey.list(), 403)
    refused(lambda: member.APIKey.get(victim.id), 403)
    raises(ResourceError, lambda: create_key("new", aix=member), "Failed to save resource")
    stolen = client().APIKey.get(victim.id)
    stolen.context, stolen.budget = member, 1
    raises(ResourceError, stolen.save, "Failed to save resource")
    raises(ResourceError, stolen.delete, "Failed to delete resource")
    keys = client().APIKey.list()
    same(({key.name for key in keys} & {"new", "victim"}, [k.budget for k in keys if k.id == victim.id]), ({"victim"}, [None]))


@case("error.404_management")
def _(world):
    aix = client()
    refused(lambda: aix.APIKey.get(UNKNOWN_ID), 404)
    refused(lambda: aix.Model.get(UNKNOWN_PATH), 404)
    gone = create_key()
    same_key = client().APIKey.get(gone.id)
    gone.delete()
    refused(same_key.get_usage, 404)
    raises(ResourceError, same_key.save, "Failed to save resource")
    raises(ResourceError, same_key.delete, "Failed to delete resource")


@case("error.503_read_is_retried")
def _(world):
    """v2 repeats a failed GET by itself; nobody sees the failure."""
    key = create_key()
    world.fail_next("getKey", 503)
    same(client().APIKey.get(key.id).name, "member")
    same(world.received().count(f"GET /sdk/api-keys/{key.id}"), 2)


@case("error.503_write_is_not_retried")
def _(world):
    """A write is sent once, whatever comes back."""
    world.fail_next("createKey", 503)
    raises(ResourceError, create_key, "Failed to save resource")
    same(world.received().count("POST /sdk/api-keys"), 1)
    key = create_key()
    world.fail_next("updateKey", 503)
    raises(ResourceError, key.save, "Failed to save resource")
    same(world.received().count(f"PUT /sdk/api-keys/{key.id}"), 1)


# --- Running models


@case("run.async")
def _(world):
    """A model that runs at once is run asynchronously over the v1 address."""
    model = runner(create_key())
    started = model.run_async(text=PROMPT, max_tokens=MAX_TOKENS)
    same((started.status, started.completed), ("IN_PROGRESS", False))
    same(world.received()[-1], f"POST /api/v1/execute/{MODEL}")
    assert started.url.startswith(os.environ["BACKEND_URL"]), started.url
    for result in (model.poll(started.url), model.sync_poll(started.url)):
        same((result.status, result.completed, usage(result.usage)), ("SUCCESS", True, RUN_USAGE))
        assert result.data, "no text"


@case("run.async_is_counted_once")
def _(world):
    key = create_key()
    model = runner(key)
    started = model.run_async(text=PROMPT, max_tokens=MAX_TOKENS)
    model.poll(started.url)
    model.poll(started.url)
    same([usage_of(row)[::2] for row in key.get_usage()], [(1, RUN_TOKENS), (1, RUN_TOKENS)])


@case("run.asynchronous_model")
def _(world):
    """An asynchronous model is run over the v2 address both ways: `run` polls by itself."""
    model = runner(create_key(), ASYNC_MODEL)
    result = run(model)
    same((result.status, result.completed, usage(result.usage)), ("SUCCESS", True, RUN_USAGE))
    started = model.run_async(text=PROMPT, max_tokens=MAX_TOKENS)
    same((started.status, started.completed), ("IN_PROGRESS", False))
    same(world.received()[-1], f"POST /api/v2/execute/{ASYNC_MODEL}")
    same(model.sync_poll(started.url).status, "SUCCESS")


@case("run.poll_belongs_to_key")
def _(world):
    """Somebody else's key does not read the answer; an answer that does not exist is told as a failed poll."""
    model = runner(create_key("one"))
    started = model.run_async(text=PROMPT)
    other = runner(create_key("two"))
    raises(APIError, lambda: other.poll(started.url), "Polling failed")
    raises(APIError, lambda: model.poll(f"{os.environ['BACKEND_URL']}/api/v1/data/{UNKNOWN_ID}"), "Polling failed")


@case("run.stream")
def _(world):
    model = runner(create_key())
    whole = run(model).data
    with model.run_stream(text=PROMPT, max_tokens=MAX_TOKENS) as stream:
        chunks = list(stream)
    same("".join(chunk.data for chunk in chunks), whole)
    same(([chunk.status for chunk in chunks], stream.status), ([ResponseStatus.IN_PROGRESS] * len(chunks), ResponseStatus.SUCCESS))
    same(len([chunk for chunk in chunks if chunk.data]), MAX_TOKENS)
    streamed = run(model, stream=True)
    same("".join(chunk.data for chunk in streamed), whole)


@case("run.stream_is_counted")
def _(world):
    key = create_key()
    for _chunk in runner(key).run_stream(text=PROMPT, max_tokens=MAX_TOKENS):
        pass
    same([usage_of(row)[::2] for row in key.get_usage()], [(1, RUN_TOKENS), (1, RUN_TOKENS)])


@case("run.stream_refused")
def _(world):
    model = runner(create_key(global_limits=(1, 1, 0, 0)))
    refused(lambda: model.run_stream(text=PROMPT), 429, "requests per minute")


@case("run.stream_unsupported")
def _(world):
    model = runner(create_key(), ASYNC_MODEL)
    raises(ValidationError, lambda: model.run_stream(text=PROMPT), "does not support streaming")


@case("run.over_v1_address")
def _(world):
    """v2 takes MODELS_RUN_URL as it is: set for v1, every run goes asynchronously and the SDK polls by itself."""
    secret = create_key().key
    aix = Aixplain(api_key=secret, model_url=os.environ["MODELS_RUN_URL"].replace("/v2/", "/v1/"))
    result = run(aix.Model.get(MODEL))
    same((result.status, result.completed, usage(result.usage)), ("SUCCESS", True, RUN_USAGE))
    same([line.split("/")[1:4] for line in world.received()[-2:]], [["api", "v1", "execute"], ["api", "v1", "data"]])


# --- Refused runs


@case("error.401_run")
def _(world):
    key = create_key()
    model = runner(key)
    key.delete()
    refused(lambda: run(model), 401)


@case("error.401_expired")
def _(world):
    model = runner(create_guide_key())
    run(model)
    world.advance(seconds=14 * 24 * 3600)
    refused(lambda: run(model), 401)


@case("error.402_run")
def _(world):
    model = runner(create_key(budget=0))
    refused(lambda: run(model), 402, "budget")


@case("error.403_admin_runs")
def _(world):
    model = client().Model.get(MODEL)
    refused(lambda: run(model), 403)
    failed = model.run_async(text=PROMPT)
    same((failed.status, failed.completed), ("FAILED", True))


@case("error.404_run")
def _(world):
    model = runner(create_key())
    model.id = UNKNOWN_ID
    refused(lambda: run(model), 404)


@case("error.400_run")
def _(world):
    model = runner(create_key())
    refused(lambda: model.run(text=PROMPT, max_tokens=-1), 400, "max_tokens")


@case("error.429_requests")
def _(world):
    key = create_guide_key()
    model = runner(key)
    for _n in range(2):
        same(model.run(text=PROMPT, max_tokens=1).status, "SUCCESS")
    refused(lambda: model.run(text=PROMPT, max_tokens=1), 429, "requests per minute")
    same(world.received().count(f"POST /api/v2/execute/{MODEL}"), 3)
    same([usage_of(row)[::2] for row in key.get_usage()], [(2, 4), (2, 4)])
    failed = model.run_async(text=PROMPT, max_tokens=1)
    same(failed.status, "FAILED")
    assert "requests per minute" in failed.error_message, failed.error_message


@case("error.429_tokens")
def _(world):
    key = create_guide_key()
    model = runner(key)
    refused(lambda: model.run(text="one two three four five six seven eight nine ten eleven"), 429, "tokens per minute")
    same([usage_of(row)[::2] for row in key.get_usage()], [(0, 0), (0, 0)])


@case("limits.next_minute")
def _(world):
    model = runner(create_key(global_limits=(1000, 1000, 1, 2)))
    run(model)
    refused(lambda: run(model), 429)
    world.advance(seconds=60)
    run(model)
    world.advance(seconds=60)
    refused(lambda: run(model), 429, "requests per day")
    world.advance(seconds=24 * 3600)
    run(model)


@case("limits.changed")
def _(world):
    """A changed limit shows at once, and is in force from the next minute."""
    key = create_key(global_limits=(1000, 1000, 1, 1000))
    model = runner(key)
    run(model)
    key.set_request_per_minute(2)
    key.save()
    same(key.global_limits.request_per_minute, 2)
    refused(lambda: run(model), 429)
    world.advance(seconds=60)
    for _n in range(2):
        run(model)
    refused(lambda: run(model), 429)


@case("limits.token_types")
def _(world):
    """Four tokens a minute: how far a run of one token in and two out uses them up is up to what is counted."""
    admitted = {}
    for token_type in TokenType:
        limits = APIKeyLimits(4, 1000, 1000, 1000, token_type=token_type)
        model = runner(client().APIKey.create(name=token_type.value, budget=None, global_limits=limits))
        admitted[token_type.value] = 0
        while admitted[token_type.value] < 6:
            try:
                model.run(text=PROMPT, max_tokens=2)
            except APIError as error:
                same(error.status_code, 429)
                break
            admitted[token_type.value] += 1
    same(admitted, {"input": 4, "output": 2, "total": 2})
