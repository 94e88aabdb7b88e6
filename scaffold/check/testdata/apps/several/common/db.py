from snowflake.snowpark.context import get_active_session


def connect():
    return get_active_session()
