import _snowflake
from snowflake.snowpark.context import get_active_session


def main(x):
    get_active_session()
    return _snowflake.get_generic_secret_string("key")
