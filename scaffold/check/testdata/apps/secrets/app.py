import json
import streamlit as st

try:
    import _snowflake
    IN_SNOWFLAKE = True
except ImportError:
    _snowflake = None
    IN_SNOWFLAKE = False

KEYS = ["one", "two"]


def ask(messages):
    response = _snowflake.send_snow_api_request(
        "POST",
        "/api/v2/cortex/analyst/message",
        {},
        {},
        {"messages": messages},
        None,
        30_000,
    )
    if response["status"] >= 400:
        st.error(json.loads(response["content"])["message"])
    return json.loads(response["content"])


def login():
    from _snowflake import get_username_password as password
    credentials = password("login")
    return credentials.username, credentials.password


api_key = _snowflake.get_generic_secret_string("api_key") if IN_SNOWFLAKE else st.secrets["api_key"]
tokens = [_snowflake.get_oauth_access_token(k) for k in KEYS]
st.write(ask([]), login(), _snowflake.get_secret_type("api_key"))


class Local:
    def get_generic_secret_string(self, key):
        return key


st.write(Local().get_generic_secret_string("x"))
