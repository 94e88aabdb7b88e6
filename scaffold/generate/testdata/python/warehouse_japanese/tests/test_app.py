"""Streamlit の AppTest によるテスト。Snowflake は代用品のため、アカウントは不要です。"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
import requests
import streamlit as st
from snowflake.snowpark.exceptions import SnowparkSQLException
from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parent.parent / "streamlit_app.py"
LOGIN = {"username": "the username", "password": "the password"}
CLOUD_TOKEN = {
    "access_key_id": "the access key",
    "secret_access_key": "the secret access key",
    "token": "the cloud token",
}
# 各シークレットの代わりの値。ページに表示されてはいけません。
SECRETS = {
    "api_key": "the value of api_key",
    "login": LOGIN,
    "calendar": "the value of calendar",
    "bucket": CLOUD_TOKEN,
}
ANSWER = json.dumps({"message": {"content": [{"type": "text", "text": "Forty-two."}]}})


class FakeSession:
    """Snowpark セッションの代用品です。"""

    connection = SimpleNamespace(is_valid=lambda: True)

    def sql(self, query: str) -> SimpleNamespace:
        """どのクエリにも 1 行で答えます。"""
        value = "10.0"
        return SimpleNamespace(
            collect=lambda: [(value,)],
            to_pandas=lambda: pd.DataFrame({"VERSION": [value]}),
        )


class BrokenSession(FakeSession):
    """すべてのクエリが失敗するセッションの代用品です。"""

    def sql(self, query: str) -> SimpleNamespace:
        """失敗します。"""
        raise SnowparkSQLException(f"no warehouse for {query}")


def fake_module() -> SimpleNamespace:
    """Snowflake にだけある `_snowflake` の代用品です。"""
    return SimpleNamespace(
        get_generic_secret_string=SECRETS.__getitem__,
        get_oauth_access_token=SECRETS.__getitem__,
        get_username_password=lambda key: SimpleNamespace(**SECRETS[key]),
        get_cloud_provider_token=lambda key: SimpleNamespace(**SECRETS[key]),
        get_secret_type=lambda key: "SECRET",
        send_snow_api_request=lambda *request: {
            "status": 200,
            "content": ANSWER,
            "reason": "OK",
        },
    )


def use(monkeypatch: pytest.MonkeyPatch, session: type[FakeSession]) -> None:
    """アプリの接続先のセッションを決めます。"""
    connection = SimpleNamespace(session=session, reset=lambda: None)
    monkeypatch.setattr(st, "connection", lambda name: connection)


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Snowflake にあるかのように、実行できるアプリを返します。"""
    st.cache_data.clear()
    st.cache_resource.clear()
    use(monkeypatch, FakeSession)
    monkeypatch.setitem(sys.modules, "_snowflake", fake_module())
    test = AppTest.from_file(str(APP), default_timeout=30)
    return test


def shown(app: AppTest) -> str:
    """ページのテキストをすべて返します。"""
    return " ".join(str(getattr(element, "value", "")) for element in app.main)


def test_page_opens(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert not app.error
    assert len(app.dataframe) == 1


def test_error_is_shown(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, BrokenSession)
    app.run()
    assert not app.exception
    assert "no warehouse" in app.error[0].value


def test_secrets_arrive_unseen(app: AppTest) -> None:
    app.run()
    assert len(app.success) == len(SECRETS)
    for value in SECRETS.values():
        for part in value.values() if isinstance(value, dict) else [value]:
            assert part not in shown(app)


def test_local_secrets_stand_in(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "_snowflake", None)
    app.secrets.update(SECRETS)
    app.run()
    assert not app.exception
    assert len(app.success) == len(SECRETS)


def click_hosts(app: AppTest) -> Iterator[AppTest]:
    """各ホストのボタンを順に押します。"""
    app.run()
    for box in app.text_input[:2]:
        box.set_value("https://www.example.com")
    for number in range(4):
        yield app.button[number].click().run()


def test_hosts_answer(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = SimpleNamespace(
        status_code=200, text="hello", raise_for_status=lambda: None
    )
    monkeypatch.setattr(requests, "get", lambda url, timeout: answer)
    for page in click_hosts(app):
        assert not page.exception
        assert page.code[0].value == "hello"


def test_host_is_silent(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def time_out(url: str, timeout: float) -> None:
        raise requests.Timeout

    monkeypatch.setattr(requests, "get", time_out)
    for page in click_hosts(app):
        assert not page.exception
        assert len(page.error) == 1


def ask(app: AppTest) -> AppTest:
    """Cortex Analyst に質問します。"""
    app.run()
    app.text_input[-1].set_value("How many?")
    return app.button[-1].click().run()


def test_analyst_answers(app: AppTest) -> None:
    assert "Forty-two." in shown(ask(app))


def test_analyst_outside_snowflake(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "_snowflake", None)
    ask(app)
    assert not app.exception
    assert app.error[-1].value.startswith("Cortex Analyst: ")
