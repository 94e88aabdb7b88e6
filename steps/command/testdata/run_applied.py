"""Runs an app that sleet applied, under Streamlit, with a Snowpark session to the account.

run_applied.py APP.py STREAMLIT KEYS prints {"values": {key: value}, "success": n, "errors": […]}.
HOME and SNOWFLAKE_HOME are the test's own. The platform hands an app the secrets that its
STREAMLIT binds; here a function made for the moment reads each of them from the account, and
they stand in the home's secrets.toml.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import warnings
from pathlib import Path
from typing import Any

warnings.filterwarnings("ignore")

import streamlit as st
from snowflake.snowpark import Session
from streamlit import config
from streamlit.testing.v1 import AppTest

BODY = """
import json
import _snowflake

def read():
    kind = str(_snowflake.get_secret_type("k")).upper()
    if kind == "PASSWORD":
        value = _snowflake.get_username_password("k")
        return json.dumps({"username": value.username, "password": value.password})
    return json.dumps(_snowflake.get_generic_secret_string("k"))
"""


def bound(session: Session, name: str) -> dict[str, Any]:
    """Give the values of the secrets that a STREAMLIT binds."""
    row = session.sql(f"DESCRIBE STREAMLIT {name}").collect()[0].as_dict()
    secrets = json.loads(row["external_access_secrets"] or "{}")
    access = json.loads(row["external_access_integrations"] or "[]")
    values = {}
    for key, secret in secrets.items():
        session.sql(
            "CREATE OR REPLACE FUNCTION APPS.PUBLIC.READ_FOR_TEST() RETURNS STRING LANGUAGE PYTHON"
            f" RUNTIME_VERSION = '3.12' HANDLER = 'read' EXTERNAL_ACCESS_INTEGRATIONS = ({', '.join(access)})"
            f" SECRETS = ('k' = {secret}) AS $${BODY}$$"
        ).collect()
        text = session.sql("SELECT APPS.PUBLIC.READ_FOR_TEST()").collect()[0][0]
        values[key] = json.loads(text)
    return values


def write_secrets(values: dict[str, Any]) -> None:
    path = Path(os.environ["HOME"]) / ".streamlit" / "secrets.toml"
    path.parent.mkdir(exist_ok=True)
    tables = [
        f"[{k}]\n" + "\n".join(f"{p} = {json.dumps(t)}" for p, t in v.items())
        for k, v in values.items()
        if isinstance(v, dict)
    ]
    lines = [
        f"{k} = {json.dumps(v)}" for k, v in values.items() if isinstance(v, str)
    ]
    path.write_text("\n".join(lines + tables), encoding="utf-8")
    config.set_option("secrets.files", [str(path)])
    st.secrets._reset()


def main() -> None:
    app, name, keys = sys.argv[1], sys.argv[2], sys.argv[3].split(",")
    session = Session.builder.config("connection_name", "demo").create()
    write_secrets(bound(session, name))
    test = AppTest.from_file(app, default_timeout=60).run()
    assert not test.exception, [e.value for e in test.exception]
    spec = importlib.util.spec_from_file_location("app_under_test", app)
    module = importlib.util.module_from_spec(spec)
    sys.modules["app_under_test"] = module
    spec.loader.exec_module(module)
    values = {}
    for key in keys:
        value = getattr(module, f"secret_{key}")()
        values[key] = value if isinstance(value, str) else vars(value)
    print(
        json.dumps(
            {
                "values": values,
                "success": len(test.success),
                "errors": [e.value for e in test.error],
            }
        )
    )


main()
