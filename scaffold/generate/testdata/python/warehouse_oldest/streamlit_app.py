"""A Streamlit app in Snowflake: warehouse runtime, one instance a viewer."""

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
except ImportError:  # on a developer's machine
    _snowflake = None

TITLE = "my_app"
QUERY = "SELECT CURRENT_TIMESTAMP() AS NOW, CURRENT_VERSION() AS VERSION"

# What a call of Snowflake raises; the last one: no connection is configured.
SNOWFLAKE_ERRORS = (SnowparkClientException, ConnectorError, StreamlitAPIException)


# This version of Streamlit has no st.connection yet. In Snowflake the builder gives the
# session of the app, on a developer's machine a new one from connections.toml.
@st.cache_resource
def get_session() -> Session:
    """Give the one session of the app."""
    return Session.builder.getOrCreate()


@st.cache_data(ttl=600)
def run_query(query: str) -> pd.DataFrame:
    """Run a query, at most once in ten minutes."""
    return get_session().sql(query).to_pandas()


def show_query() -> None:
    """Show the rows of the query."""
    try:
        rows = run_query(QUERY)
    except SNOWFLAKE_ERRORS as error:
        st.error(f"Snowflake: {error}")
    else:
        st.dataframe(rows)


class SecretError(Exception):
    """A secret cannot be read; says why, never its value."""


def local_secret(key: str, reason: str = "no `_snowflake` here") -> Any:
    """Give what stands for a secret on a developer's machine: ~/.streamlit/secrets.toml.

    The app's own .streamlit/secrets.toml is no place for it: it is uploaded.
    """
    try:
        value = st.secrets[key]
    except (FileNotFoundError, KeyError):
        missing = "nor is it in ~/.streamlit/secrets.toml here"
        raise SecretError(f"{reason}; {missing}") from None
    st.info(f"{key}: {reason}; taken from local st.secrets")
    return value


def secret_api_key() -> str:
    """A text, such as an API key."""
    if _snowflake is None:
        return local_secret("api_key")
    return _snowflake.get_generic_secret_string("api_key")


SECRETS: dict[str, Callable[[], object]] = {
    "api_key": secret_api_key,
}

# What reading a secret raises when it is missing or of another type.
READ_ERRORS = (SecretError, LookupError, RuntimeError, TypeError, ValueError)


def check_secret(key: str) -> str:
    """Read a secret, and give its type as Snowflake has it."""
    SECRETS[key]()
    return "st.secrets" if _snowflake is None else str(_snowflake.get_secret_type(key))


def show_secrets() -> None:
    """Say of each secret whether it arrives; its value is never shown."""
    st.header("Secrets")
    for key in SECRETS:
        try:
            kind = check_secret(key)
        except READ_ERRORS as error:
            st.error(f"✗ {key}: {error}")
        else:
            st.success(f"✓ {key} ({kind})")


def main() -> None:
    """Draw the page."""
    st.set_page_config(layout="wide")
    st.title(TITLE)
    show_query()
    show_secrets()


if __name__ == "__main__":
    main()
