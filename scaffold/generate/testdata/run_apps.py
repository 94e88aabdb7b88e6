"""Runs generated apps under the real Streamlit and a real Snowpark session.

run_apps.py CASES.json reads a list of cases and prints, a line each, {"name", "failure"}.
The server that speaks Snowflake's protocol is fakesnow's, on loopback. A function that
holds a secret is there a function with a fixed answer, `_snowflake` a module made here,
and every host one HTTP server on loopback.
"""

from __future__ import annotations

import builtins
import importlib.util
import json
import os
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
HOME = Path(tempfile.mkdtemp(prefix="home"))
os.environ["HOME"] = os.environ["SNOWFLAKE_HOME"] = str(HOME)
warnings.filterwarnings("ignore")

import fakesnow
import streamlit as st
from loopback import Hosts
from snowflake.snowpark import session as snowpark
from streamlit import config
from streamlit.testing.v1 import AppTest


class Account:
    """An account on loopback."""

    def __init__(self, address: dict[str, Any]) -> None:
        from fakesnow import server

        self.address = address
        self.server = server
        self.admin = server.shared_fs.connect(None, None)

    def run(self, statement: str) -> None:
        self.admin.cursor().execute(statement)

    def make(self, case: dict[str, Any]) -> None:
        """Make a case's database, schema and functions."""
        self.run(f"CREATE DATABASE IF NOT EXISTS {case['database']}")
        schema = f"{case['database']}.{case['schema']}"
        self.run(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        self.run(f"USE SCHEMA {schema}")
        for secret in case["secrets"]:
            if secret["function"]:
                value = secret["value"]
                text = value if isinstance(value, str) else json.dumps(value)
                self.run(
                    f"CREATE FUNCTION {secret['function']} RETURNS STRING AS $${text}$$"
                )

    def forget(self, case: dict[str, Any]) -> None:
        """Remove a case's functions."""
        for secret in case["secrets"]:
            if secret["function"]:
                name = secret["function"].removesuffix("()")
                self.admin._duck_conn.execute(f"DROP FUNCTION {name}")

    def connection(self, case: dict[str, Any]) -> dict[str, Any]:
        keys = ("user", "password", "account", "host", "port", "protocol")
        place = {"database": case["database"], "schema": case["schema"]}
        return {key: self.address[key] for key in keys} | place


class FakeModule(ModuleType):
    """Stands for `_snowflake`."""

    def __init__(self, case: dict[str, Any]) -> None:
        super().__init__("_snowflake")
        self.secrets = {secret["key"]: secret for secret in case["secrets"]}
        self.answer: dict[str, Any] = {}
        self.requests: list[tuple[Any, ...]] = []

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

    def send_snow_api_request(self, *request: Any) -> dict[str, Any]:
        self.requests.append(request)
        return self.answer


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
    """Give the app its own secrets.toml, and a developer's with a table in it."""
    home = HOME / ".streamlit" / "secrets.toml"
    home.parent.mkdir(exist_ok=True)
    home.write_text(toml(table), encoding="utf-8")
    files = [str(home), str(Path(case["dir"]) / ".streamlit" / "secrets.toml")]
    config.set_option("secrets.files", files)
    st.secrets._reset()


def start_afresh() -> None:
    """Forget every cache and session, as a new process would."""
    st.cache_data.clear()
    st.cache_resource.clear()
    # Not closed: the server lacks what Snowpark asks for then.
    snowpark._active_sessions.clear()


def load(case: dict[str, Any]) -> ModuleType:
    """Import the app, which draws nothing then."""
    path = Path(case["dir"]) / case["main"]
    spec = importlib.util.spec_from_file_location("app_under_test", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["app_under_test"] = module
    spec.loader.exec_module(module)
    return module


def texts(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value.values())


class Page:
    """The app's page as a viewer sees it."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.hidden = [text for s in case["secrets"] for text in texts(s["value"])]
        path = Path(case["dir"]) / case["main"]
        self.test = AppTest.from_file(str(path), default_timeout=60)
        self.check(self.test.run())

    def check(self, test: AppTest) -> None:
        """No run may end in an exception or show a secret."""
        assert not test.exception, [e.value for e in test.exception]
        shown = self.text()
        for text in self.hidden:
            assert text not in shown, "a secret is shown"

    def text(self) -> str:
        parts = []
        for element in [*self.test.main, *self.test.sidebar]:
            parts += [
                str(getattr(element, name, "")) for name in ("value", "label", "proto")
            ]
        return "\n".join(parts)

    def click(self, number: int) -> AppTest:
        self.check(self.test.button[number].click().run())
        return self.test

    def errors(self) -> list[str]:
        return [e.value for e in self.test.error]


def check_secrets(case: dict[str, Any], page: Page) -> None:
    """Each secret's value arrives where the code uses it."""
    assert len(page.test.success) == len(case["secrets"]), page.errors()
    app = load(case)
    for secret in case["secrets"]:
        got = getattr(app, f"secret_{secret['key']}")()
        if not isinstance(got, str):
            assert not any(t in repr(got) for t in secret["hidden"]), (
                "repr shows a secret"
            )
            got = vars(got)
        assert got == secret["value"], f"{secret['key']} is another value"


def check_hosts(case: dict[str, Any], page: Page, hosts: Hosts) -> None:
    """Each host is called on a click, and what goes wrong is shown."""
    assert not hosts.asked, "opening the page called a host"
    urls = list(case["urls"])
    for box in page.test.text_input[: len(case["patterns"])]:
        urls.append(f"https://host-{len(urls)}.example.com")
        box.set_value(urls[-1])
    for number, url in enumerate(urls):
        for answer, sign in (("hang", "10"), (503, "503"), (200, "")):
            hosts.answer = answer
            page.click(number)
            if sign:
                assert any(url in e and sign in e for e in page.errors()), page.errors()
            else:
                assert not page.errors(), page.errors()
                assert f"hello from {url}" in page.test.code[-1].value
        count = len(hosts.asked)
        page.click(number)
        assert len(hosts.asked) == count, "the answer was not cached"
    hosts.asked.clear()


@contextmanager
def session_token(text: str) -> Iterator[None]:
    """Put a session token where a container has it."""
    file = HOME / "token"
    file.write_text(text, encoding="utf-8")
    real = builtins.open
    builtins.open = lambda path, *a, **k: real(
        file if path == TOKEN_FILE else path, *a, **k
    )
    os.environ["SNOWFLAKE_HOST"] = "account.snowflakecomputing.com"
    try:
        yield
    finally:
        builtins.open = real
        del os.environ["SNOWFLAKE_HOST"]


def check_analyst(case: dict[str, Any], page: Page, hosts: Hosts) -> None:
    """Cortex is asked on a click, and what goes wrong is shown."""
    agent = case["cortex"] == "agent"
    content = [
        {"type": "text", "text": "Forty-two."},
        {"type": "sql", "statement": "SELECT 42"},
        {"type": "suggestions", "suggestions": ["And then?"]},
    ]
    good = json.dumps(
        {"content": content} if agent else {"message": {"content": content}}
    )
    path = "/api/v2/cortex/agent:run" if agent else "/api/v2/cortex/analyst/message"
    page.test.text_input[-1].set_value("How many?")
    button = len(page.test.button) - 1
    module = sys.modules.get("_snowflake")
    for number, (status, text) in enumerate(
        [(200, good), (403, "no role"), (200, good)]
    ):
        if case["container"]:
            hosts.answer, hosts.text = status, text
            with session_token(f"token {number}"):
                page.click(button)
            request = hosts.asked.pop()
            assert request.url == f"https://account.snowflakecomputing.com{path}", (
                request.url
            )
            assert request.headers["Authorization"] == f"Bearer token {number}"
            assert request.headers["X-Snowflake-Authorization-Token-Type"] == "OAUTH"
            body = json.loads(request.body)
        else:
            module.answer = {"status": status, "content": text, "reason": ""}
            page.click(button)
            method, asked, headers, params, body, guid, timeout = module.requests.pop()
            assert (method, asked, headers, params, guid) == (
                "POST",
                path,
                {},
                {},
                None,
            )
            assert isinstance(timeout, int)
        assert body["messages"][0]["content"] == [{"type": "text", "text": "How many?"}]
        assert body.get("stream", True) is not agent
        seen = ("Forty-two.",) if agent else ("Forty-two.", "SELECT 42", "And then?")
        if status == 200:
            assert not page.errors(), page.errors()
            assert all(t in page.text() for t in seen)
        else:
            assert any("403" in e and "no role" in e for e in page.errors()), (
                page.errors()
            )
    if not case["container"]:
        sys.modules["_snowflake"] = None
    page.click(button)
    assert any(("Cortex Agents" if agent else "Cortex Analyst") in e for e in page.errors()), (
        "no error outside Snowflake"
    )
    sys.modules["_snowflake"] = module


def check_values(case: dict[str, Any], page: Page) -> None:
    """Each value is read, and is in the environment where the code says so."""
    assert list(vars(load(case).read_values()).values()) == case["values"]
    assert list(json.loads(page.test.json[0].value).values()) == case["values"]
    if case["environment"]:
        assert case["environment"] in os.environ


def check_renewal(case: dict[str, Any], account: Account) -> None:
    """A session that Snowflake has ended is replaced."""
    app = load(case)
    before = app.get_session()
    assert app.get_session() is before, "a live session was replaced"
    account.server.sessions.clear()
    after = app.get_session()
    assert after is not before, "a dead session was kept"
    assert after.sql("SELECT 1").collect()[0][0] == 1


def check_outside(case: dict[str, Any], account: Account) -> None:
    """On a developer's machine local secrets stand in; without them the page says so."""
    start_afresh()
    connection = {"connections": {"snowflake": account.connection(case)}}
    account.forget(case)
    if not case["container"]:
        sys.modules["_snowflake"] = None
    use_secrets(case, connection)
    missing = Page(case)
    assert len(missing.test.success) == 0
    assert len(missing.errors()) == len(case["secrets"]), missing.errors()
    start_afresh()
    use_secrets(case, connection | {s["key"]: s["value"] for s in case["secrets"]})
    check_secrets(case, Page(case))


def run(case: dict[str, Any], account: Account, hosts: Hosts) -> None:
    account.make(case)
    start_afresh()
    hosts.asked.clear()
    os.chdir(case["dir"])
    sys.modules["_snowflake"] = None if case["container"] else FakeModule(case)
    connection = account.connection(case)
    stored = {
        s["key"]: s["value"] for s in case["secrets"] if s["access"] == "st.secrets"
    }
    use_secrets(case, {"connections": {"snowflake": connection}} | stored)
    Path(HOME, "connections.toml").write_text(toml({"default": connection}), "utf-8")
    Path(HOME, "connections.toml").chmod(0o600)

    page = Page(case)
    assert not page.errors(), page.errors()
    assert page.test.title[0].value == case["title"], page.test.title[0].value
    assert len(page.test.dataframe) == 1
    check_secrets(case, page)
    if case["urls"] or case["patterns"]:
        check_hosts(case, page, hosts)
    if case["cortex"]:
        check_analyst(case, page, hosts)
    if case["values"]:
        check_values(case, page)
    if case["container"]:
        check_renewal(case, account)
    if case["secrets"]:
        check_outside(case, account)


def main() -> None:
    cases = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    out = sys.stdout
    sys.stdout = sys.stderr
    with fakesnow.server() as address, Hosts() as hosts:
        account = Account(address)
        for case in cases:
            failure = ""
            try:
                run(case, account, hosts)
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
