"""Runs apps before and after a migration, and compares what they show.

run_migrated.py LIBRARY CASES.json reads a list of cases and prints, a line each, {"name", "failure"}.
LIBRARY is the folder of loopback.py. Before, an app has what a warehouse gives: the active
session, `_snowflake` and an older Streamlit, each a stand-in. After, it has what a container
gives: st.connection to fakesnow's server on loopback, functions that hold secrets, st.secrets,
a session token in a file, and Snowflake's REST API as an HTTP server on loopback.
"""

from __future__ import annotations

import builtins
import json
import os
import re
import sys
import tempfile
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

TOKEN_FILE = "/snowflake/session/token"
HOST = "account.snowflakecomputing.com"
HOME = Path(tempfile.mkdtemp(prefix="home"))
os.environ["HOME"] = os.environ["SNOWFLAKE_HOME"] = str(HOME)
warnings.filterwarnings("ignore")
sys.path.insert(0, sys.argv[1])

import fakesnow
import streamlit as st
from loopback import Hosts
from snowflake.snowpark import Session
from snowflake.snowpark import session as snowpark
from streamlit import config
from streamlit.testing.v1 import AppTest


class Warehouse(ModuleType):
    """Stands for `_snowflake`."""

    def __init__(self, case: dict[str, Any]) -> None:
        super().__init__("_snowflake")
        self.secrets = {secret["key"]: secret for secret in case["secrets"]}
        self.answer = case["answer"]

    def value(self, key: str, kind: str) -> Any:
        if key not in self.secrets or self.secrets[key]["type"] != kind:
            raise ValueError(f"no secret {key} of the type {kind}")
        return self.secrets[key]["value"]

    def get_generic_secret_string(self, key: str) -> str:
        return self.value(key, "generic_string")

    def get_oauth_access_token(self, key: str) -> str:
        return self.value(key, "oauth2")

    def get_username_password(self, key: str) -> SimpleNamespace:
        return SimpleNamespace(**self.value(key, "password"))

    def get_cloud_provider_token(self, key: str) -> SimpleNamespace:
        return SimpleNamespace(**self.value(key, "cloud_provider_token"))

    def get_secret_type(self, key: str) -> str:
        return self.secrets[key]["type"].upper()

    def send_snow_api_request(
        self, method, path, headers, params, body, request_guid, timeout_ms
    ) -> dict[str, Any]:
        text = self.answer["text"]
        if self.answer["events"]:
            text = json.dumps(self.answer["events"])
        return {
            "status": self.answer["status"],
            "content": text,
            "reason": self.answer["reason"],
        }


class API(Hosts):
    """Snowflake's REST API."""

    def __init__(self) -> None:
        super().__init__()
        self.case: dict[str, Any] = {}
        self.server.RequestHandlerClass.protocol_version = "HTTP/1.0"

    def reply(self, handler: Any) -> None:
        answer = self.case["answer"]
        url = handler.headers["X-Url"]
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        self.asked.append(SimpleNamespace(url=url, headers=handler.headers, body=body))
        text, kind = answer["text"], "application/json"
        if answer["events"]:
            kind = "text/event-stream"
            for event in answer["events"]:
                data = event["data"]
                data = (
                    data
                    if isinstance(data, str)
                    else json.dumps(data, ensure_ascii=False)
                )
                text += f"event: {event['event']}\ndata: {data}\n\n"
        handler.send_response(answer["status"], answer["reason"])
        handler.send_header("Content-Type", kind)
        handler.end_headers()
        handler.wfile.write(text.encode())


def older_streamlit() -> dict[str, Any]:
    """What older versions of Streamlit have and this one has not."""

    def set_query_params(**params: Any) -> None:
        st.query_params.clear()
        for key, value in params.items():
            st.query_params[key] = value

    newer_image = st.image

    def image(*arguments: Any, use_column_width: Any = None, **options: Any) -> Any:
        width = {True: "stretch", "always": "stretch"}.get(use_column_width, "content")
        return newer_image(*arguments, **{"width": width, **options})

    return {
        "image": image,
        "experimental_rerun": st.rerun,
        "experimental_fragment": st.fragment,
        "experimental_memo": st.cache_data,
        "experimental_singleton": st.cache_resource,
        "experimental_data_editor": st.data_editor,
        "experimental_user": st.user,
        "experimental_set_query_params": set_query_params,
        "beta_columns": st.columns,
    }


@contextmanager
def warehouse(case: dict[str, Any], address: dict[str, Any]) -> Iterator[None]:
    """What a warehouse gives an app."""
    use_secrets(case, {"connections": {"snowflake": address}} if case["written"] else {})
    Session.builder.configs(address).create()
    sys.modules["_snowflake"] = Warehouse(case)
    old, image = older_streamlit(), st.image
    for name, value in old.items():
        setattr(st, name, value)
    generator = st.delta_generator.DeltaGenerator
    generator.beta_expander = generator.expander
    try:
        yield
    finally:
        for name in old:
            delattr(st, name)
        st.image = image
        del generator.beta_expander


@contextmanager
def container(case: dict[str, Any], address: dict[str, Any]) -> Iterator[None]:
    """What a container gives an app."""
    sys.modules["_snowflake"] = None
    stored = {
        s["key"]: s["value"] for s in case["secrets"] if s["access"] == "st.secrets"
    }
    use_secrets(case, {"connections": {"snowflake": address}} | stored)
    file = HOME / "token"
    file.write_text("the session's token\n", encoding="utf-8")
    real = builtins.open
    builtins.open = lambda path, *a, **k: real(
        file if path == TOKEN_FILE else path, *a, **k
    )
    os.environ["SNOWFLAKE_HOST"] = HOST
    try:
        yield
    finally:
        builtins.open = real
        del os.environ["SNOWFLAKE_HOST"]


def toml(table: dict[str, Any], path: str = "") -> str:
    """Write a table of texts, numbers and tables as TOML."""
    lines = [f"[{path}]"] if path else []
    lines += [
        f"{k} = {json.dumps(v)}" for k, v in table.items() if not isinstance(v, dict)
    ]
    inner = {k: v for k, v in table.items() if isinstance(v, dict)}
    return "\n".join(
        lines + [toml(v, f"{path}.{k}".strip(".")) for k, v in inner.items()]
    )


def use_secrets(case: dict[str, Any], table: dict[str, Any]) -> None:
    home = HOME / ".streamlit" / "secrets.toml"
    home.parent.mkdir(exist_ok=True)
    home.write_text(toml(table), encoding="utf-8")
    config.set_option("secrets.files", [str(home)])
    st.secrets._reset()


def start_afresh(folder: str) -> None:
    """Forget every cache, session and module of an app, as a new process would."""
    st.cache_data.clear()
    st.cache_resource.clear()
    # Not closed: the server lacks what Snowpark asks for then.
    snowpark._active_sessions.clear()
    os.chdir(folder)
    sys.path[:] = [p for p in sys.path if not p.startswith(tempfile.gettempdir())]
    sys.path.insert(0, folder)
    for name, module in list(sys.modules.items()):
        if str(getattr(module, "__file__", None) or "").startswith(
            tempfile.gettempdir()
        ):
            del sys.modules[name]
    for name in [n for n in sys.modules if n in ("common", "pages")]:
        del sys.modules[name]


def page(folder: str, main: str) -> list[str]:
    """What an app shows."""
    test = AppTest.from_file(str(Path(folder) / main), default_timeout=60).run()
    assert not test.exception, [e.value for e in test.exception]
    shown = []
    for element in [*test.main, *test.sidebar]:
        parts = [str(getattr(element, name, "")) for name in ("value", "label")]
        shown.append(f"{element.type}: {' | '.join(parts)}")
    return shown


def shared(line: str, case: dict[str, Any]) -> str:
    """What shows alike each time: not the time, nor what another template words."""
    line = re.sub(r"\d{4}-\d\d-\d\d.*", "", line, flags=re.DOTALL)
    if not case["renewed"]:
        return line
    return re.sub(r"(: ✓ \w+) \(\w+\)", r"\1", line)


def run(case: dict[str, Any], address: dict[str, Any], admin: Any, api: API) -> None:
    api.case = case
    for statement in case["functions"]:
        admin.cursor().execute(statement)
    start_afresh(case["before"])
    with warehouse(case, address):
        before = page(case["before"], case["main"])
    assert len(before) >= case["least"], before
    api.asked.clear()
    start_afresh(case["after"])
    with container(case, address):
        after = page(case["after"], case["main"])
        for other in case["pages"]:
            page(case["after"], other)
        sessions = len(snowpark._active_sessions)
    if case["written"]:
        assert "dataframe" in "".join(before), before
        before, after = [[shared(line, case) for line in p] for p in (before, after)]
    assert before == after, f"\nbefore {before}\nafter  {after}"
    # An app of sleet's own that was edited keeps its helper, beside that of its secrets.
    most = 2 if case["written"] and not case["renewed"] else 1
    assert sessions <= most, f"{sessions} sessions"
    for request in api.asked:
        assert request.url.startswith(f"https://{HOST}/api/v2/"), request.url
        assert request.headers["Authorization"] == "Bearer the session's token"
        assert request.headers["X-Snowflake-Authorization-Token-Type"] == "OAUTH"
    assert bool(api.asked) == bool(case["answer"]["status"])


def main() -> None:
    cases = json.loads(Path(sys.argv[2]).read_text("utf-8"))
    out = sys.stdout
    sys.stdout = sys.stderr
    with fakesnow.server() as address, API() as api:
        from fakesnow import server

        admin = server.shared_fs.connect(None, None)
        for statement in (
            "CREATE DATABASE DB",
            "CREATE SCHEMA IF NOT EXISTS DB.PUBLIC",
            "USE SCHEMA DB.PUBLIC",
        ):
            admin.cursor().execute(statement)
        keys = ("user", "password", "account", "host", "port", "protocol")
        place = {key: address[key] for key in keys} | {
            "database": "DB",
            "schema": "PUBLIC",
        }
        for case in cases:
            failure = ""
            try:
                run(case, place, admin, api)
            except Exception:  # noqa: BLE001 - whatever an app does is its failure
                failure = traceback.format_exc(limit=-4)
            print(
                json.dumps({"name": case["name"], "failure": failure}),
                file=out,
                flush=True,
            )
        # At a normal end the connector says good-bye to each session of a server that is gone.
        os._exit(0)


if __name__ == "__main__":
    main()
