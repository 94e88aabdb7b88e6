"""Streamlit app in Snowflake (container runtime: one process for all viewers)."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st
from snowflake.connector.errors import Error as ConnectorError
from snowflake.snowpark import Session
from snowflake.snowpark.exceptions import SnowparkClientException
from streamlit.errors import StreamlitAPIException

TITLE = "my_app"
QUERY = "SELECT CURRENT_TIMESTAMP() AS NOW, CURRENT_VERSION() AS VERSION"

# Errors from Snowflake; StreamlitAPIException means that no connection is configured.
SNOWFLAKE_ERRORS = (SnowparkClientException, ConnectorError, StreamlitAPIException)


# The viewer's token expires two minutes after the page opens, so connect at the top of
# the page. This connection works in Snowflake only.
def get_viewer_session() -> Session:
    """Return a session with the viewer's rights, as far as caller grants allow."""
    return st.connection("snowflake-callers-rights").session()


def is_alive(session: Session) -> bool:
    """Report whether the session works; reset its connection if it does not."""
    if session.connection.is_valid():
        return True
    st.connection("snowflake").reset()
    return False


# Every .session() call opens a new Snowpark session that is never closed. Cache one for
# all viewers, and open another when Snowflake has ended it.
@st.cache_resource(validate=is_alive)
def get_session() -> Session:
    """Return the app's shared Snowpark session."""
    return st.connection("snowflake").session()


@st.cache_data(ttl=600, scope="session")
def run_query(query: str) -> pd.DataFrame:
    """Run a query with the viewer's rights; cached for their session only."""
    return get_viewer_session().sql(query).to_pandas()


def show_query() -> None:
    """Show the result of the query."""
    try:
        rows = run_query(QUERY)
    except SNOWFLAKE_ERRORS as error:
        st.error(f"Snowflake: {error}")
    else:
        st.dataframe(rows)


class SecretError(Exception):
    """Raised when a secret cannot be read. The message never contains its value."""


# Every call runs on the query warehouse and may resume it: cache for ten minutes.
@st.cache_data(ttl=600, show_spinner=False)
def ask_function(query: str) -> Any:
    """Return a Snowflake function's value; only the app's owner role can call it."""
    return get_session().sql(query).collect()[0][0]


def call_function(key: str, query: str) -> Any:
    """Return a secret from its Snowflake function, or its local substitute."""
    try:
        return ask_function(query)
    except SNOWFLAKE_ERRORS as error:
        return local_secret(key, str(error))


def local_secret(key: str, reason: str) -> Any:
    """Return the local substitute for a secret, from ~/.streamlit/secrets.toml.

    Do not put it into the app's own .streamlit/secrets.toml, which is uploaded.
    """
    try:
        value = st.secrets[key]
    except (FileNotFoundError, KeyError):
        missing = "not found in ~/.streamlit/secrets.toml either"
        raise SecretError(f"{reason}; {missing}") from None
    st.info(f"{key}: {reason}; using local st.secrets")
    return value


def secret_api_key() -> str:
    """Return a string, such as an API key."""
    return call_function("api_key", "SELECT SHOP.APPS.MY_APP_GET_API_KEY()")


SECRETS: dict[str, Callable[[], object]] = {
    "api_key": secret_api_key,
}

# Errors when a secret is missing or has another type.
READ_ERRORS = (SecretError, FileNotFoundError, KeyError, TypeError, ValueError)


def check_secret(key: str) -> str:
    """Read a secret and return the name of its Python type."""
    return type(SECRETS[key]()).__name__


def show_secrets() -> None:
    """Show which secrets can be read, never their values."""
    st.header("Secrets")
    for key in SECRETS:
        try:
            kind = check_secret(key)
        except READ_ERRORS as error:
            st.error(f"✗ {key}: {error}")
        else:
            st.success(f"✓ {key} ({kind})")


def main() -> None:
    """Render the page."""
    st.set_page_config(layout="wide")
    st.title(TITLE)
    show_query()
    show_secrets()


if __name__ == "__main__":
    main()
