"""The SDK's first generation: factories and modules. One case per function, named by its `case` decorator."""

import os
from datetime import datetime

from aixplain.enums import ResponseStatus
from aixplain.factories import APIKeyFactory, ModelFactory
from aixplain.modules import APIKey
from aixplain.modules.api_key import APIKeyLimits, TokenType

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
    PLENTY,
    PROMPT,
    RUN_TOKENS,
    RUN_USAGE,
    FOREIGN_ID,
    UNKNOWN_ID,
    is_mask_of,
    limits_of,
    raises,
    same,
    usage_of,
)

CASES = {}


def case(name):
    def register(function):
        CASES[f"v1.{name}"] = function
        return function

    return register


def model_limits(limits=MODEL_LIMITS, model=MODEL, token_type=None):
    return APIKeyLimits(*limits, model=model, token_type=token_type)


def create_guide_key():
    return APIKeyFactory.create(
        name=NAME,
        budget=BUDGET,
        global_limits=APIKeyLimits(*GLOBAL_LIMITS),
        asset_limits=[model_limits()],
        expires_at=EXPIRES_AT,
    )


def create_key(name="member", budget=None, global_limits=PLENTY, asset_limits=None):
    limits = None if global_limits is None else APIKeyLimits(*global_limits)
    return APIKeyFactory.create(
        name=name, budget=budget, global_limits=limits, asset_limits=asset_limits or [], expires_at=None
    )


def runner(key, model=MODEL):
    """A model that runs with the key's own secret."""
    return ModelFactory.get(model, api_key=key.access_key)


def run(model, **options):
    return model.run(PROMPT, max_tokens=MAX_TOKENS, **options)


def refused(response, text):
    """v1 raises nothing on a refused run: it answers with a failure that says which."""
    same((response.status, response.completed), (ResponseStatus.FAILED, True))
    assert response.error_message.startswith(text), response.error_message
    return response.error_message


def listed(key):
    [found] = [other for other in APIKeyFactory.list() if other.id == key.id]
    return found


# --- The guide's own steps


@case("guide.create")
def _(world):
    key = create_guide_key()
    assert key.id, "no id"
    same((key.name, key.budget, key.is_admin), (NAME, BUDGET, False))
    same(limits_of(key.global_limits), GLOBAL_LIMITS)
    [asset] = key.asset_limits
    same((asset.model.id, limits_of(asset)), (MODEL, MODEL_LIMITS))
    same(key.expires_at, EXPIRES_AT_WIRE)
    assert len(key.access_key) >= 16 and "*" not in key.access_key, "the create answer must show the whole secret"


@case("guide.list")
def _(world):
    created = create_guide_key()
    key = listed(created)
    same((key.name, key.budget, key.expires_at), (NAME, BUDGET, EXPIRES_AT_WIRE))
    same(limits_of(key.global_limits), GLOBAL_LIMITS)
    same([(asset.model.id, limits_of(asset)) for asset in key.asset_limits], [(MODEL, MODEL_LIMITS)])
    is_mask_of(key.access_key, created.access_key)


@case("guide.get_by_access_key")
def _(world):
    create_key("other")
    created = create_guide_key()
    key = APIKeyFactory.get(created.access_key)
    same((key.id, key.name), (created.id, NAME))
    is_mask_of(key.access_key, created.access_key)


@case("guide.usage")
def _(world):
    key = create_guide_key()
    same([usage_of(row) for row in key.get_usage()], [(0, 1000, 0, 1000), (0, 2, 0, 30)])
    run(runner(key))
    whole, of_model = key.get_usage()
    same(usage_of(whole), (1, 1000, RUN_TOKENS, 1000))
    same((of_model.model.id, usage_of(of_model)), (MODEL, (1, 2, RUN_TOKENS, 30)))


@case("guide.usage_of_model")
def _(world):
    key = create_guide_key()
    run(runner(key))
    [row] = key.get_usage(MODEL)
    same((row.model.id, usage_of(row)), (MODEL, (1, 2, RUN_TOKENS, 30)))
    same(key.get_usage(OTHER_MODEL), [])


@case("guide.update")
def _(world):
    created = create_guide_key()
    key = APIKeyFactory.get(created.access_key)
    key.budget = 200
    key.set_token_per_day(50)
    key.set_token_per_minute(500)
    key.set_token_per_minute(6000, MODEL)
    updated = APIKeyFactory.update(key)
    for view in (updated, listed(created)):
        same((view.id, view.name, view.budget, view.expires_at), (created.id, NAME, 200, EXPIRES_AT_WIRE))
        same(limits_of(view.global_limits), (500, 50, 100, 1000))
        same([limits_of(asset) for asset in view.asset_limits], [(6000, 30, 2, 2)])
        is_mask_of(view.access_key, created.access_key)


@case("guide.delete")
def _(world):
    key = create_guide_key()
    key.delete()
    assert key.id not in [other.id for other in APIKeyFactory.list()], "still listed"
    raises(Exception, key.delete, "API Key Deletion Error")
    raises(Exception, lambda: APIKeyFactory.get(key.access_key), "not found")


@case("guide.run")
def _(world):
    key = create_guide_key()
    response = run(runner(key))
    same((response.status, response.completed, response.usage), (ResponseStatus.SUCCESS, True, RUN_USAGE))
    assert isinstance(response.data, str) and response.data, "no text"
    assert response.used_credits > 0, "a run costs something"
    same(world.received()[-1], f"POST /api/v2/execute/{MODEL}")


# --- Management beyond the guide


@case("create.minimal")
def _(world):
    key = create_key("minimal", global_limits=None)
    same((key.budget, key.global_limits, key.asset_limits, key.expires_at), (None, None, [], None))
    view = listed(key)
    same((view.budget, view.global_limits, view.asset_limits, view.expires_at), (None, None, [], None))


@case("create.token_types")
def _(world):
    for token_type in TokenType:
        limits = APIKeyLimits(*PLENTY, token_type=token_type)
        asset = model_limits(PLENTY, token_type=token_type)
        key = APIKeyFactory.create(
            name=token_type.value, budget=None, global_limits=limits, asset_limits=[asset], expires_at=None
        )
        for view in (key, listed(key)):
            same((view.global_limits.token_type, view.asset_limits[0].token_type), (token_type, token_type))
    same(create_key("none").global_limits.token_type, None)


@case("create.model_object")
def _(world):
    key = create_key(asset_limits=[model_limits(model=ModelFactory.get(OTHER_MODEL))])
    same([asset.model.id for asset in key.asset_limits], [OTHER_MODEL])


@case("create.model_path")
def _(world):
    """v1 looks a path up under /sdk/models and writes the id that it finds there."""
    key = create_key(asset_limits=[model_limits(model=MODEL_PATH)])
    same([asset.model.id for asset in key.asset_limits], [MODEL])
    assert f"GET /sdk/models/{MODEL_PATH.replace('/', '%2F')}" in world.received(), world.received()


@case("create.duplicate_name")
def _(world):
    key = create_key("taken", budget=5)
    raises(Exception, lambda: create_key("taken", budget=6), "API Key Creation Error", "422")
    same([(view.id, view.budget) for view in APIKeyFactory.list() if view.name == "taken"], [(key.id, 5)])


@case("create.bad_body")
def _(world):
    """The SDK checks signs only; a fraction of a token reaches the server, which answers 400."""
    raises(Exception, lambda: create_key(global_limits=(1.5, 1, 1, 1)), "API Key Creation Error", "400", "tpm")


@case("create.unknown_model")
def _(world):
    """v1 only warns when it cannot resolve a model: the server is the one to refuse it."""
    raises(Exception, lambda: create_key(asset_limits=[model_limits(model=UNKNOWN_ID)]), "400", "assetId")


@case("update.rename")
def _(world):
    create_key("first")
    key = create_key("second")
    key.name = "third"
    same(APIKeyFactory.update(key).name, "third")
    key.name = "first"
    raises(Exception, lambda: APIKeyFactory.update(key), "API Key Update Error", "422")
    same(listed(key).name, "third")


@case("update.by_id")
def _(world):
    """A key object made by hand, with nothing but the id of an existing key, replaces all of that key."""
    created = create_guide_key()
    limits = APIKeyLimits(7, 8, 9, 10)
    APIKeyFactory.update(APIKey(name="by id", id=created.id, budget=3, global_limits=limits, asset_limits=[]))
    view = listed(created)
    same((view.name, view.budget, view.asset_limits, view.expires_at), ("by id", 3, [], None))
    same(limits_of(view.global_limits), (7, 8, 9, 10))


@case("update.every_listed_key")
def _(world):
    """The platform's own functional tests list all keys and update each."""
    create_guide_key()
    keys = APIKeyFactory.list()
    same(sorted(key.is_admin for key in keys), [False, True])
    for key in keys:
        key.budget = 5
        same(APIKeyFactory.update(key).budget, 5)
    same([key.budget for key in APIKeyFactory.list()], [5, 5])


@case("run.foreign_model")
def _(world):
    key = create_key(asset_limits=[model_limits(limits=(1000, 1000, 1, 1), model=FOREIGN_ID)])
    model = runner(key, FOREIGN_ID)
    same(run(model).status, ResponseStatus.SUCCESS)
    refused(run(model), "Rate limit exceeded")


@case("run.details")
def _(world):
    response = run(runner(create_key()))
    same(response.details[0]["message"]["content"], response.data)
    same(response.asset, {"assetId": MODEL, "id": MODEL})


@case("update.expiry")
def _(world):
    key = create_guide_key()
    key.expires_at = datetime(2025, 2, 28)
    same(APIKeyFactory.update(key).expires_at, "2025-02-28T00:00:00.000Z")


@case("update.unknown_model_limit")
def _(world):
    key = create_guide_key()
    raises(Exception, lambda: key.set_token_per_day(1, OTHER_MODEL), f"Limit for Model {OTHER_MODEL} not found")


@case("usage.own")
def _(world):
    key = create_guide_key()
    run(runner(key))
    rows = APIKeyFactory.get_usage_limits(api_key=key.access_key)
    same([usage_of(row) for row in rows], [usage_of(row) for row in key.get_usage()])
    [row] = APIKeyFactory.get_usage_limits(api_key=key.access_key, asset_id=MODEL)
    same(usage_of(row), (1, 2, RUN_TOKENS, 30))


@case("get_by_access_key.unknown")
def _(world):
    raises(Exception, lambda: APIKeyFactory.get("no-such-access-key"), "API Key Error", "not found")


@case("list.half_filled_limits")
def _(world):
    """v1 compares every limit with 0: one key with a limit that is null takes the whole list away, for every key."""
    key = create_key()
    world.create_key(HALF_FILLED)
    raises(TypeError, APIKeyFactory.list, "NoneType")
    raises(TypeError, lambda: APIKeyFactory.get(key.access_key), "NoneType")


# --- Errors of the management API


@case("error.401_management")
def _(world):
    raises(Exception, lambda: APIKeyFactory.list(api_key="not-a-key-of-this-account"), "API Key List Error", "401")


@case("error.403_member_manages")
def _(world):
    member = create_key("member").access_key
    victim = create_key("victim")
    raises(Exception, lambda: APIKeyFactory.list(api_key=member), "API Key List Error", "403")
    attempt = dict(name="new", budget=1, global_limits=None, asset_limits=[], expires_at=None)
    raises(Exception, lambda: APIKeyFactory.create(**attempt, api_key=member), "API Key Creation Error", "403")
    victim.budget = 1
    raises(Exception, lambda: APIKeyFactory.update(victim, api_key=member), "API Key Update Error", "403")
    same((listed(victim).budget, len([k for k in APIKeyFactory.list() if k.name == "new"])), (None, 0))


@case("error.404_management")
def _(world):
    gone = create_key()
    gone.delete()
    raises(Exception, lambda: APIKeyFactory.update(gone), "API Key Update Error", "404")
    raises(Exception, gone.get_usage, "API Key Usage Error", "404")
    raises(Exception, lambda: ModelFactory.get(UNKNOWN_ID), "Model GET Error", "Status Code: 404")


@case("error.500_management")
def _(world):
    """v1 mounts its retries on https addresses only: here the first failure is the answer."""
    world.fail_next("listKeys", 503)
    raises(Exception, APIKeyFactory.list, "API Key List Error", "503")
    APIKeyFactory.list()


# --- Running models


@case("run.async")
def _(world):
    model = runner(create_key())
    started = model.run_async(PROMPT, max_tokens=MAX_TOKENS)
    same((started.status, started.completed), (ResponseStatus.IN_PROGRESS, False))
    same(world.received()[-1], f"POST /api/v1/execute/{MODEL}")
    assert started.url.startswith(os.environ["BACKEND_URL"]), started.url
    for response in (model.poll(started.url), model.sync_poll(started.url)):
        same((response.status, response.completed, response.usage), (ResponseStatus.SUCCESS, True, RUN_USAGE))
        assert response.data, "no text"


@case("run.async_is_counted_once")
def _(world):
    key = create_key()
    model = runner(key)
    started = model.run_async(PROMPT, max_tokens=MAX_TOKENS)
    model.poll(started.url)
    model.poll(started.url)
    same([usage_of(row)[::2] for row in key.get_usage()], [(1, RUN_TOKENS), (1, RUN_TOKENS)])


@case("run.asynchronous_model")
def _(world):
    """A model that answers with a poll address even when it is run synchronously: the SDK polls by itself."""
    response = run(runner(create_key(), ASYNC_MODEL))
    same((response.status, response.usage), (ResponseStatus.SUCCESS, RUN_USAGE))
    assert world.received()[-1].startswith("GET /api/v1/data/"), world.received()


@case("run.stream")
def _(world):
    model = runner(create_key())
    whole = run(model).data
    chunks = list(run(model, stream=True))
    same("".join(chunk.data for chunk in chunks), whole)
    same([chunk.status for chunk in chunks if chunk.data], [ResponseStatus.IN_PROGRESS] * MAX_TOKENS)
    same(chunks[-1].status, ResponseStatus.SUCCESS)


@case("run.stream_is_counted")
def _(world):
    key = create_key()
    for _chunk in runner(key).run_stream(PROMPT, parameters={"max_tokens": MAX_TOKENS}):
        pass
    same([usage_of(row)[::2] for row in key.get_usage()], [(1, RUN_TOKENS), (1, RUN_TOKENS)])


@case("run.stream_refused")
def _(world):
    """v1 does not look at the status of a stream: a refusal is a stream without text that never succeeds."""
    model = runner(create_key(global_limits=(1, 1, 0, 0)))
    chunks = list(run(model, stream=True))
    same({(chunk.data, chunk.status) for chunk in chunks}, {("", ResponseStatus.IN_PROGRESS)})


@case("run.stream_unsupported")
def _(world):
    model = runner(create_key(), ASYNC_MODEL)
    raises(AssertionError, lambda: run(model, stream=True), "does not support streaming")


@case("run.parameters")
def _(world):
    """Everything that v1 sends along (nulls included) is accepted."""
    response = runner(create_key()).run(
        PROMPT,
        context="Be brief.",
        history=[{"role": "user", "content": "Hello"}],
        temperature=0.2,
        top_p=0.9,
        max_tokens=1,
    )
    same((response.status, response.usage["completion_tokens"]), (ResponseStatus.SUCCESS, 1))


# --- Refused runs


@case("error.401_run")
def _(world):
    key = create_key()
    model = runner(key)
    key.delete()
    refused(run(model), "Unauthorized API key")


@case("error.401_expired")
def _(world):
    key = create_guide_key()
    model = runner(key)
    run(model)
    world.advance(seconds=14 * 24 * 3600)
    refused(run(model), "Unauthorized API key")


@case("error.402_run")
def _(world):
    refused(run(runner(create_key(budget=0))), "Payment required")


@case("error.403_admin_runs")
def _(world):
    refused(run(ModelFactory.get(MODEL)), "Forbidden access")


@case("error.404_run")
def _(world):
    model = runner(create_key())
    model.id = UNKNOWN_ID
    refused(run(model), "Resource not found")


@case("error.400_run")
def _(world):
    """A text that is itself a JSON object becomes the body: one without any input is a bad request."""
    response = runner(create_key()).run('{"no_input": 1}', max_tokens=-1)
    refused(response, "Bad request")


@case("error.429_requests")
def _(world):
    key = create_guide_key()
    model = runner(key)
    for _n in range(2):
        same(model.run(PROMPT, max_tokens=1).status, ResponseStatus.SUCCESS)
    message = refused(model.run(PROMPT, max_tokens=1), "Rate limit exceeded")
    assert "requests per minute" in message, message
    same([usage_of(row)[::2] for row in key.get_usage()], [(2, 4), (2, 4)])


@case("error.429_tokens")
def _(world):
    key = create_guide_key()
    message = refused(runner(key).run("one two three four five six seven eight nine ten eleven"), "Rate limit exceeded")
    assert "tokens per minute" in message, message
    same([usage_of(row)[::2] for row in key.get_usage()], [(0, 0), (0, 0)])


@case("limits.next_minute")
def _(world):
    model = runner(create_key(global_limits=(1000, 1000, 1, 2)))
    same(run(model).status, ResponseStatus.SUCCESS)
    refused(run(model), "Rate limit exceeded")
    world.advance(seconds=60)
    same(run(model).status, ResponseStatus.SUCCESS)
    world.advance(seconds=60)
    message = refused(run(model), "Rate limit exceeded")
    assert "requests per day" in message, message
    world.advance(seconds=24 * 3600)
    same(run(model).status, ResponseStatus.SUCCESS)


@case("limits.changed")
def _(world):
    """A changed limit shows at once, and is in force from the next minute."""
    key = create_key(global_limits=(1000, 1000, 1, 1000))
    model = runner(key)
    run(model)
    key.set_request_per_minute(2)
    same(APIKeyFactory.update(key).global_limits.request_per_minute, 2)
    refused(run(model), "Rate limit exceeded")
    world.advance(seconds=60)
    for _n in range(2):
        same(run(model).status, ResponseStatus.SUCCESS)
    refused(run(model), "Rate limit exceeded")


@case("limits.token_types")
def _(world):
    """Four tokens a minute: how far a run of one token in and four out uses them up is up to what is counted."""
    admitted = {}
    for token_type, limit in ((TokenType.INPUT, 4), (TokenType.OUTPUT, 4), (TokenType.TOTAL, 4)):
        limits = APIKeyLimits(limit, 1000, 1000, 1000, token_type=token_type)
        key = APIKeyFactory.create(
            name=token_type.value, budget=None, global_limits=limits, asset_limits=[], expires_at=None
        )
        model = runner(key)
        results = [model.run(PROMPT, max_tokens=2).status for _n in range(6)]
        admitted[token_type.value] = results.count(ResponseStatus.SUCCESS)
    # input: 1 each; output: 2 each, refused once 4 are reached; total: 3, then 1 more fits and its output carries over.
    same(admitted, {"input": 4, "output": 2, "total": 2})
