"""Tests with Streamlit's AppTest. Snowflake is faked: no account is needed."""

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
import streamlit as st
from snowflake.snowpark.exceptions import SnowparkSQLException
from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parent.parent / "streamlit_app.py"


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
