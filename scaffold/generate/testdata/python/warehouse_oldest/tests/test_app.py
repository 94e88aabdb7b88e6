"""Tests with Streamlit's AppTest. Snowflake is faked: no account is needed."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
import streamlit as st
from snowflake.snowpark import Session
from snowflake.snowpark.exceptions import SnowparkSQLException

AppTest = pytest.importorskip("streamlit.testing.v1").AppTest  # Streamlit 1.28


APP = Path(__file__).resolve().parent.parent / "streamlit_app.py"
# Fake secrets; none of them may appear on the page.
SECRETS = {
    "api_key": "the value of api_key",
}


class FakeSession:
    """Fake Snowpark session."""

    connection = SimpleNamespace(is_valid=lambda: True)

    def sql(self, query: str) -> SimpleNamespace:
        """Return one row for any query."""
        value = "10.0"
        return SimpleNamespace(
            collect=lambda: [(value,)],
            to_pandas=lambda: pd.DataFrame({"VERSION": [value]}),
        )


class BrokenSession(FakeSession):
    """Fake session on which every query fails."""

    def sql(self, query: str) -> SimpleNamespace:
        """Fail."""
        raise SnowparkSQLException(f"no warehouse for {query}")


def fake_module() -> SimpleNamespace:
    """Return a fake `_snowflake`, a module that exists in Snowflake only."""
    return SimpleNamespace(
        get_generic_secret_string=SECRETS.__getitem__,
        get_oauth_access_token=SECRETS.__getitem__,
        get_username_password=lambda key: SimpleNamespace(**SECRETS[key]),
        get_cloud_provider_token=lambda key: SimpleNamespace(**SECRETS[key]),
        get_secret_type=lambda key: "SECRET",
    )


def use(monkeypatch: pytest.MonkeyPatch, session: type[FakeSession]) -> None:
    """Make the app use this session."""
    monkeypatch.setattr(Session, "builder", SimpleNamespace(getOrCreate=session))


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Return the app, with everything it has in Snowflake faked."""
    st.cache_data.clear()
    st.cache_resource.clear()
    use(monkeypatch, FakeSession)
    monkeypatch.setitem(sys.modules, "_snowflake", fake_module())
    test = AppTest.from_file(str(APP), default_timeout=30)
    return test


def shown(app: AppTest) -> str:
    """Return all the text on the page."""
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
        assert value not in shown(app)


def test_local_secrets_stand_in(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "_snowflake", None)
    app.secrets.update(SECRETS)
    app.run()
    assert not app.exception
    assert len(app.success) == len(SECRETS)
