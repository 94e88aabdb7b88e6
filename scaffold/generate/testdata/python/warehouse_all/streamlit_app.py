"""Streamlit app in Snowflake (warehouse runtime: one instance per viewer)."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import requests
import streamlit as st
from snowflake.connector.errors import Error as ConnectorError
from snowflake.snowpark import Session
from snowflake.snowpark.exceptions import SnowparkClientException
from streamlit.errors import StreamlitAPIException

try:
    import _snowflake
except ImportError:  # not installed outside Snowflake
    _snowflake = None

TITLE = 'The "Sales" of today'
QUERY = "SELECT CURRENT_TIMESTAMP() AS NOW, CURRENT_VERSION() AS VERSION"
URLS = [
    "https://api.example.com",
    "https://files.example.com:8443",
]
# Network rule entries that match several hosts or ports: the viewer enters one.
PATTERNS = [
    "*.example.net",
    "example.org:8000-8100",
]
TIMEOUT = 10  # seconds
# Your semantic model. The app's owner role needs READ on the stage, SELECT on the
# model's tables and the database role SNOWFLAKE.CORTEX_USER.
SEMANTIC_MODEL = "@MY_DATABASE.MY_SCHEMA.MY_STAGE/my_model.yaml"

# Errors from Snowflake; StreamlitAPIException means that no connection is configured.
SNOWFLAKE_ERRORS = (SnowparkClientException, ConnectorError, StreamlitAPIException)


# Outside Snowflake every .session() call opens a new Snowpark session that is never
# closed. Cache one.
@st.cache_resource
def get_session() -> Session:
    """Return the app's shared Snowpark session."""
    return st.connection("snowflake").session()


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


@dataclass(frozen=True)
class Login:
    """A secret of type PASSWORD; its repr hides the password."""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class CloudToken:
    """Temporary credentials of a cloud provider; the repr hides them."""

    access_key_id: str = field(repr=False)
    secret_access_key: str = field(repr=False)
    token: str = field(repr=False)


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


def secret_login() -> Login:
    """Return a username and password."""
    if _snowflake is None:
        return Login(**local_secret("login"))
    value = _snowflake.get_username_password("login")
    return Login(value.username, value.password)


def secret_calendar() -> str:
    """Return a short-lived OAuth access token."""
    if _snowflake is None:
        return local_secret("calendar")
    return _snowflake.get_oauth_access_token("calendar")


def secret_bucket() -> CloudToken:
    """Return temporary credentials of a cloud provider."""
    if _snowflake is None:
        return CloudToken(**local_secret("bucket"))
    value = _snowflake.get_cloud_provider_token("bucket")
    return CloudToken(value.access_key_id, value.secret_access_key, value.token)


SECRETS: dict[str, Callable[[], object]] = {
    "api_key": secret_api_key,
    "login": secret_login,
    "calendar": secret_calendar,
    "bucket": secret_bucket,
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


@st.cache_data(ttl=600)
def fetch(url: str) -> tuple[int, str]:
    """Request a URL and return its status and body, cached for ten minutes."""
    # Read secrets here, not in an argument: the cache keeps the arguments.
    # headers={"Authorization": f"Bearer {secret_api_key()}"}
    response = requests.get(url, timeout=TIMEOUT)
    response.raise_for_status()
    return response.status_code, response.text


def show_call(url: str) -> None:
    """Request a URL and show the response."""
    try:
        status, text = fetch(url)
    except requests.Timeout:
        st.error(f"{url}: no response within {TIMEOUT} seconds")
    except requests.RequestException as error:
        st.error(f"{url}: {error}")
    else:
        st.success(f"{url}: HTTP {status}")
        st.code(text[:1000], language=None)


def show_hosts() -> None:
    """Show a button for each host; opening the page calls none."""
    st.header("Hosts")
    for url in URLS:
        if st.button(f"GET {url}"):
            show_call(url)
    for pattern in PATTERNS:
        url = st.text_input(f"A URL that matches {pattern}", placeholder="https://")
        if st.button(f"GET {pattern}") and url:
            show_call(url)


class AnalystError(Exception):
    """Cortex Analyst did not answer."""


def ask_analyst(question: str) -> list[dict[str, Any]]:
    """Ask Cortex Analyst about the semantic model; return the parts of the answer."""
    if _snowflake is None:
        raise AnalystError("only available in Snowflake (`_snowflake` not found)")
    message = {"role": "user", "content": [{"type": "text", "text": question}]}
    answer = _snowflake.send_snow_api_request(
        "POST",
        "/api/v2/cortex/analyst/message",
        {},  # headers
        {},  # params
        {"messages": [message], "semantic_model_file": SEMANTIC_MODEL},
        None,  # request_guid
        30_000,  # timeout_ms
    )
    if answer["status"] >= 400:
        raise AnalystError(f"HTTP {answer['status']}: {answer['content']}")
    return json.loads(answer["content"])["message"]["content"]


def show_analyst() -> None:
    """Show a text box for a question and the answer to it."""
    st.header("Cortex Analyst")
    question = st.text_input("A question about your data")
    if not st.button("Ask") or not question:
        return
    try:
        answer = ask_analyst(question)
    except AnalystError as error:
        st.error(f"Cortex Analyst: {error}")
        return
    for part in answer:
        if part["type"] == "text":
            st.write(part["text"])
        elif part["type"] == "sql":
            st.code(part["statement"], language="sql")
        elif part["type"] == "suggestions":
            st.write("\n".join(f"- {text}" for text in part["suggestions"]))


def main() -> None:
    """Render the page."""
    st.set_page_config(layout="wide")
    st.title(TITLE)
    show_query()
    show_secrets()
    show_hosts()
    show_analyst()


if __name__ == "__main__":
    main()
