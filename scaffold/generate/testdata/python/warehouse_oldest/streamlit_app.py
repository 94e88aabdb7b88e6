"""Streamlit app in Snowflake (warehouse runtime: one instance per viewer)."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st
from snowflake.connector.errors import Error as ConnectorError
from snowflake.snowpark import Session
from snowflake.snowpark.exceptions import SnowparkClientException
from streamlit.errors import StreamlitAPIException

try:
    import _snowflake
except ImportError:  # not installed outside Snowflake
    _snowflake = None

TITLE = "my_app"
QUERY = "SELECT CURRENT_TIMESTAMP() AS NOW, CURRENT_VERSION() AS VERSION"

# Errors from Snowflake; StreamlitAPIException means that no connection is configured.
SNOWFLAKE_ERRORS = (SnowparkClientException, ConnectorError, StreamlitAPIException)


# This version of Streamlit has no st.connection. In Snowflake the builder returns the
# app's session; on a developer's machine it opens one from connections.toml.
@st.cache_resource
def get_session() -> Session:
    """Return the app's shared Snowpark session."""
    return Session.builder.getOrCreate()


@st.cache_data(ttl=600)
def run_query(query: str) -> pd.DataFrame:
    """Run a query; the result is cached for ten minutes."""
    return get_session().sql(query).to_pandas()


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


def local_secret(key: str, reason: str = "`_snowflake` is not available") -> Any:
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
    if _snowflake is None:
        return local_secret("api_key")
    return _snowflake.get_generic_secret_string("api_key")


SECRETS: dict[str, Callable[[], object]] = {
    "api_key": secret_api_key,
}

# Errors when a secret is missing or has another type.
READ_ERRORS = (SecretError, LookupError, RuntimeError, TypeError, ValueError)


def check_secret(key: str) -> str:
    """Read a secret and return its Snowflake type."""
    SECRETS[key]()
    return "st.secrets" if _snowflake is None else str(_snowflake.get_secret_type(key))


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
