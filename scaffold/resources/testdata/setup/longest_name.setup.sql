-- Sets up the app APPS.SALES."雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪" in Snowflake, in order and by role. Written by sleet from sleet.toml.
-- Running it again changes nothing: what exists is left as it is. Only the functions are created again.
--
-- Before you run it, put the value of each secret in the place of its placeholder (in angle brackets). A statement
-- left with a placeholder is a syntax error, so that no secret is ever made of one. Never save the values here.
-- A secret that exists keeps its value: on a later run, delete its statement.
--
-- It switches no role: the role of the session runs all of it and owns the app permanently (the ownership of a
-- STREAMLIT cannot be transferred). To split the work by role, name roles.owner in sleet.toml. The role needs:
--   USAGE, CREATE SCHEMA ON DATABASE APPS
--   USAGE, CREATE STREAMLIT, CREATE STAGE, CREATE FUNCTION ON SCHEMA APPS.SALES
--   USAGE, CREATE NETWORK RULE ON SCHEMA APPS.net
--   USAGE ON DATABASE other
--   USAGE, CREATE SECRET ON SCHEMA other.vault
--   USAGE ON WAREHOUSE COMPUTE_WH
--   USAGE ON COMPUTE POOL SYSTEM_COMPUTE_POOL_CPU
--   CREATE EXTERNAL ACCESS INTEGRATION ON ACCOUNT

-- ============================================================================
-- 1. Schema and stage
-- ============================================================================

USE DATABASE APPS;

-- Where the schema exists and the role may not create one, delete this line.
CREATE SCHEMA IF NOT EXISTS APPS.SALES;

USE SCHEMA APPS.SALES;

-- The files of the app are uploaded here. The encryption cannot be changed later.
CREATE STAGE IF NOT EXISTS APPS.SALES.STREAMLIT_STAGE
  ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE');

-- ============================================================================
-- 2. Network rule
-- ============================================================================

-- The hosts the app may call. A rule that exists keeps its hosts.
CREATE NETWORK RULE IF NOT EXISTS APPS.net."egress rule"
  TYPE = HOST_PORT
  VALUE_LIST = ('0.0.0.0:443')
  MODE = EGRESS;

-- ============================================================================
-- 3. Secrets
-- ============================================================================

-- login: fill in user name and password, each in single quotes. Neither can hold a colon.
CREATE SECRET IF NOT EXISTS other.vault.LOGIN
  TYPE = PASSWORD
  USERNAME = <secret:login.username>
  PASSWORD = <secret:login.password>;

-- ============================================================================
-- 4. Integration and account-level grants
-- ============================================================================

-- Lets the app and its functions reach these hosts and use these secrets, and no others.
CREATE EXTERNAL ACCESS INTEGRATION IF NOT EXISTS "order"
  ALLOWED_NETWORK_RULES = (APPS.net."egress rule")
  ALLOWED_AUTHENTICATION_SECRETS = (other.vault.LOGIN)
  ENABLED = TRUE;

-- ============================================================================
-- 5. Functions that hold secrets
-- ============================================================================

-- The app calls these to get its secrets. Anyone who may use one can read its secret: grant them to nobody,
-- and see that no FUTURE grant on functions reaches this schema.
CREATE OR REPLACE SECURE FUNCTION APPS.SALES.APP_DEAECF7B_GET_LOGIN()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'Gives the app 雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪 its secret login. Grant it to nobody.'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = ("order")
  SECRETS = ('login' = other.vault.LOGIN)
AS $$
import json

import _snowflake


def get_secret():
    value = _snowflake.get_username_password("login")
    return json.dumps(
        {
            "username": value.username,
            "password": value.password,
        }
    )
$$;

-- ============================================================================
-- 6. Upload
-- ============================================================================

-- Stop here, upload the files of the app to @APPS.SALES.STREAMLIT_STAGE/APP_DEAECF7B in one of these ways, and then go on.
--   sleet apply
--   snow stage copy streamlit_app.py @APPS.SALES.STREAMLIT_STAGE/APP_DEAECF7B --overwrite
--   snow stage copy pyproject.toml @APPS.SALES.STREAMLIT_STAGE/APP_DEAECF7B --overwrite
--   snow stage copy .streamlit/config.toml @APPS.SALES.STREAMLIT_STAGE/APP_DEAECF7B/.streamlit --overwrite
--   snow stage copy uv.lock @APPS.SALES.STREAMLIT_STAGE/APP_DEAECF7B --overwrite
--   Snowsight: the page of the stage, + Files, with the path APP_DEAECF7B

-- ============================================================================
-- 7. App
-- ============================================================================

-- The app. It copies the uploaded files once. An app that exists is left as it is.
-- Its packages come from the mirror of PyPI that Snowflake keeps. It takes the database role
-- SNOWFLAKE.PYPI_REPOSITORY_USER, which PUBLIC has unless it was taken back.
CREATE STREAMLIT IF NOT EXISTS APPS.SALES."雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪"
  FROM '@APPS.SALES.STREAMLIT_STAGE/APP_DEAECF7B'
  MAIN_FILE = 'streamlit_app.py'
  QUERY_WAREHOUSE = COMPUTE_WH
  RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11'
  COMPUTE_POOL = SYSTEM_COMPUTE_POOL_CPU
  TITLE = '雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪'
  EXTERNAL_ACCESS_INTEGRATIONS = ("order")
  ARTIFACT_REPOSITORIES = (snowflake.snowpark.pypi_shared_repository);

-- Until there is a live version nobody but the owner can open the app. Error 099106 says that there is one.
-- The network of every viewer must allow *.snowflake.app, *.snowflakecomputing.app and WebSockets.
EXECUTE IMMEDIATE $$
BEGIN
  ALTER STREAMLIT APPS.SALES."雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪" ADD LIVE VERSION FROM LAST;
EXCEPTION
  WHEN OTHER THEN
    IF (SQLCODE <> 99106) THEN
      RAISE;
    END IF;
END;
$$;
