"""Makes keys with the platform's own SDK (v2), as a team's script would, and writes what it made as JSON.

    python fill_account.py 200
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from aixplain import Aixplain
from aixplain.v2.api_key import APIKeyLimits

MODELS = ("6661df926d36df3b878e0697", "669a63646eb56306647e1091")


def limits(n, model=None):
    return APIKeyLimits(100 + n, 10_000 + n, 10 + n % 7, 1_000 + n, model=model)


def make(aix, n):
    """Keys of every kind: with and without a budget, an expiry, limits as a whole and limits of models."""
    return aix.APIKey.create(
        name=f"SDK key {n:03} / team {n % 5}",
        budget=None if n % 4 == 0 else n,
        global_limits=None if n % 3 == 0 else limits(n),
        asset_limits=[limits(n, model) for model in MODELS[: n % 3]],
        expires_at=datetime(2099, 1, 1 + n % 28) if n % 2 else None,
    )


def main(count):
    aix = Aixplain(api_key=os.environ["AIXPLAIN_API_KEY"])
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda n: make(aix, n), range(count)))
    print(json.dumps([{"id": key.id, "accessKey": key.key} for key in keys]))


main(int(sys.argv[1]))
