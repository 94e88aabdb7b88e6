"""Streamlit app in Snowflake (container runtime: one process for all viewers)."""

from collections.abc import Callable
from dataclasses import dataclass, field

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


@st.cache_data(ttl=600)
def run_query(query: str) -> pd.DataFrame:
    """Run a query; all viewers share the result for ten minutes."""
    return get_session().sql(query).to_pandas()


def show_query() -> None:
    """Show the result of the query."""
    try:
        rows = run_query(QUERY)
    except SNOWFLAKE_ERRORS as error:
        st.error(f"Snowflake: {error}")
    else:
        st.dataframe(rows)


@dataclass(frozen=True)
class Login:
    """A secret of type PASSWORD; its repr hides the password."""

    username: str
    password: str = field(repr=False)


def secret_api_key() -> str:
    """Return a string, such as an API key."""
    return st.secrets["api_key"]


def secret_login() -> Login:
    """Return a username and password."""
    value = st.secrets["login"]
    return Login(value["username"], value["password"])


SECRETS: dict[str, Callable[[], object]] = {
    "api_key": secret_api_key,
    "login": secret_login,
}

# Errors when a secret is missing or has another type.
READ_ERRORS = (FileNotFoundError, KeyError, TypeError)


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
