"""Runs the handler of a function that holds a secret, as Snowflake would, over a stand-in account."""

import json
import sys
import types

job = json.load(sys.stdin)
account = types.ModuleType("_snowflake")


def holds(kind, value):
    """A function of _snowflake: it gives the value for the bound key and a secret of its type."""

    def read(key):
        if key != job["key"] or job["type"] != kind:
            raise ValueError(f"no secret of type {kind} is bound to {key}")
        return value

    return read


def get_secret_type(key):
    if key != job["key"]:
        raise ValueError(f"no secret is bound to {key}")
    return job["type"]


account.get_secret_type = get_secret_type
account.get_generic_secret_string = holds("GENERIC_STRING", 's3cret "x" 雪')
account.get_oauth_access_token = holds("OAUTH2", "token")
account.get_username_password = holds("PASSWORD", types.SimpleNamespace(username="sam", password="p:w"))
account.get_cloud_provider_token = holds(
    "CLOUD_PROVIDER_TOKEN",
    types.SimpleNamespace(access_key_id="id", secret_access_key="key", token="tok"),
)
sys.modules["_snowflake"] = account

module = {}
exec(compile(job["code"], "handler", "exec"), module)
try:
    value = module["get_secret"]()
    if not isinstance(value, str):
        raise TypeError(f"a STRING function gave {type(value)}")
    json.dump({"value": value}, sys.stdout)
except ValueError as error:
    json.dump({"error": str(error)}, sys.stdout)
