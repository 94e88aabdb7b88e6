"""Tests with Streamlit's AppTest. Snowflake is faked: no account is needed."""

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
import streamlit as st
from snowflake.snowpark.exceptions import SnowparkSQLException
from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parent.parent / "streamlit_app.py"
# Fake secrets; none of them may appear on the page.
SECRETS = {
    "api_key": "the value of api_key",
}
# The query for each secret and the secret's key.
FUNCTIONS = {
    "SELECT SHOP.APPS.MY_APP_GET_API_KEY()": "api_key",
}


class FakeSession:
    """Fake Snowpark session."""

    connection = SimpleNamespace(is_valid=lambda: True)

    def sql(self, query: str) -> SimpleNamespace:
        """Return one row for any query."""
        value = SECRETS[FUNCTIONS[query]] if query in FUNCTIONS else "10.0"
        return SimpleNamespace(
            collect=lambda: [(value,)],
            to_pandas=lambda: pd.DataFrame({"VERSION": [value]}),
        )


class BrokenSession(FakeSession):
    """Fake session on which every query fails."""

    def sql(self, query: str) -> SimpleNamespace:
        """Fail."""
        raise SnowparkSQLException(f"no warehouse for {query}")


def use(monkeypatch: pytest.MonkeyPatch, session: type[FakeSession]) -> None:
    """Make the app use this session."""
    connection = SimpleNamespace(session=session, reset=lambda: None)
    monkeypatch.setattr(st, "connection", lambda name: connection)


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Return the app, with everything it has in Snowflake faked."""
    st.cache_data.clear()
    st.cache_resource.clear()
    use(monkeypatch, FakeSession)
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
    use(monkeypatch, BrokenSession)
    app.secrets.update(SECRETS)
    app.run()
    assert not app.exception
    assert len(app.success) == len(SECRETS)
