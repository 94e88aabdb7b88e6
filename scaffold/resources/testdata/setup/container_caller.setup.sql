-- Sets up the app APPS.SALES.sales_app in Snowflake, in order and by role. Written by sleet from sleet.toml.
-- Running it again changes nothing: what exists is left as it is. Only the functions are created again.
--
-- Before you run it, put the value of each secret in the place of its placeholder (in angle brackets). A statement
-- left with a placeholder is a syntax error, so that no secret is ever made of one. Never save the values here.
-- A secret that exists keeps its value: on a later run, delete its statement.
--
-- app_owner owns the app permanently: the ownership of a STREAMLIT cannot be transferred.
-- Account-level steps and grants to viewers run as ACCOUNTADMIN, which needs MANAGE GRANTS and
-- CREATE EXTERNAL ACCESS INTEGRATION (ACCOUNTADMIN has both).
-- app_owner needs, where it does not own them (an administrator grants it):
--   GRANT USAGE, CREATE SCHEMA ON DATABASE APPS TO ROLE app_owner
--   GRANT USAGE, CREATE STREAMLIT, CREATE STAGE, CREATE NETWORK RULE, CREATE SECRET, CREATE FUNCTION ON SCHEMA APPS.SALES TO ROLE app_owner
--   GRANT USAGE ON WAREHOUSE COMPUTE_WH TO ROLE app_owner
--   GRANT USAGE ON COMPUTE POOL SYSTEM_COMPUTE_POOL_CPU TO ROLE app_owner

-- ============================================================================
-- 1. Schema and stage (role: app_owner)
-- ============================================================================

USE ROLE app_owner;

USE DATABASE APPS;

-- Where the schema exists and the role may not create one, delete this line.
CREATE SCHEMA IF NOT EXISTS APPS.SALES;

USE SCHEMA APPS.SALES;

-- The files of the app are uploaded here. The encryption cannot be changed later.
CREATE STAGE IF NOT EXISTS APPS.SALES.STREAMLIT_STAGE
  ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE');

-- ============================================================================
-- 2. Network rule (role: app_owner)
-- ============================================================================

-- The hosts the app may call. A rule that exists keeps its hosts.
CREATE NETWORK RULE IF NOT EXISTS APPS.SALES.SALES_APP_EGRESS
  TYPE = HOST_PORT
  VALUE_LIST = ('api.example.com', '*.example.org:8443')
  MODE = EGRESS;

-- ============================================================================
-- 3. Secrets (role: app_owner)
-- ============================================================================

-- api_key: fill in the value in single quotes, and double each single quote and backslash in it.
CREATE SECRET IF NOT EXISTS APPS.SALES.SALES_APP_API_KEY
  TYPE = GENERIC_STRING
  SECRET_STRING = <secret:api_key>
  COMMENT = 'the key';

-- The administrator names the secrets in the integration.
GRANT USAGE ON SECRET APPS.SALES.SALES_APP_API_KEY TO ROLE ACCOUNTADMIN;

-- ============================================================================
-- 4. Integration and account-level grants (role: ACCOUNTADMIN)
-- ============================================================================

USE ROLE ACCOUNTADMIN;

-- To name a secret in an integration takes USAGE on its schema.
GRANT USAGE ON DATABASE APPS TO ROLE ACCOUNTADMIN;

GRANT USAGE ON SCHEMA APPS.SALES TO ROLE ACCOUNTADMIN;

-- Lets the app and its functions reach these hosts and use these secrets, and no others.
CREATE EXTERNAL ACCESS INTEGRATION IF NOT EXISTS APPS_SALES_SALES_APP_ACCESS
  ALLOWED_NETWORK_RULES = (APPS.SALES.SALES_APP_EGRESS)
  ALLOWED_AUTHENTICATION_SECRETS = (APPS.SALES.SALES_APP_API_KEY)
  ENABLED = TRUE;

-- The owner attaches the integration to the app and its functions.
GRANT USAGE ON INTEGRATION APPS_SALES_SALES_APP_ACCESS TO ROLE app_owner;

-- Queries run with the rights of the viewer, as far as the owner of the app has caller grants.
-- Add one for each table and view that the app reads, such as
-- GRANT CALLER SELECT ON TABLE … TO ROLE app_owner. Viewers need the privileges themselves.
GRANT CALLER USAGE ON DATABASE APPS TO ROLE app_owner;

GRANT CALLER USAGE ON SCHEMA APPS.SALES TO ROLE app_owner;

-- ============================================================================
-- 5. Functions that hold secrets (role: app_owner)
-- ============================================================================

USE ROLE app_owner;

-- The app calls these to get its secrets. Anyone who may use one can read its secret: grant them to nobody,
-- and see that no FUTURE grant on functions reaches this schema.
CREATE OR REPLACE SECURE FUNCTION APPS.SALES.SALES_APP_GET_API_KEY()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'Gives the app sales_app its secret api_key. Grant it to nobody.'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_SALES_SALES_APP_ACCESS)
  SECRETS = ('api_key' = APPS.SALES.SALES_APP_API_KEY)
AS $$
import _snowflake


def get_secret():
    return _snowflake.get_generic_secret_string("api_key")
$$;

-- ============================================================================
-- 6. Upload (role: app_owner)
-- ============================================================================

-- Stop here, upload the files of the app to @APPS.SALES.STREAMLIT_STAGE/SALES_APP in one of these ways, and then go on.
--   sleet apply
--   snow stage copy streamlit_app.py @APPS.SALES.STREAMLIT_STAGE/SALES_APP --overwrite
--   snow stage copy pyproject.toml @APPS.SALES.STREAMLIT_STAGE/SALES_APP --overwrite
--   snow stage copy .streamlit/config.toml @APPS.SALES.STREAMLIT_STAGE/SALES_APP/.streamlit --overwrite
--   snow stage copy uv.lock @APPS.SALES.STREAMLIT_STAGE/SALES_APP --overwrite
--   Snowsight: the page of the stage, + Files, with the path SALES_APP

-- ============================================================================
-- 7. App (role: app_owner)
-- ============================================================================

-- The app. It copies the uploaded files once. An app that exists is left as it is.
-- Its packages come from the mirror of PyPI that Snowflake keeps. It takes the database role
-- SNOWFLAKE.PYPI_REPOSITORY_USER, which PUBLIC has unless it was taken back.
CREATE STREAMLIT IF NOT EXISTS APPS.SALES.sales_app
  FROM '@APPS.SALES.STREAMLIT_STAGE/SALES_APP'
  MAIN_FILE = 'streamlit_app.py'
  QUERY_WAREHOUSE = COMPUTE_WH
  RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11'
  COMPUTE_POOL = SYSTEM_COMPUTE_POOL_CPU
  TITLE = 'sales_app'
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_SALES_SALES_APP_ACCESS)
  ARTIFACT_REPOSITORIES = (snowflake.snowpark.pypi_shared_repository);

-- Until there is a live version nobody but the owner can open the app. Error 099106 says that there is one.
-- The network of every viewer must allow *.snowflake.app, *.snowflakecomputing.app and WebSockets.
EXECUTE IMMEDIATE $$
BEGIN
  ALTER STREAMLIT APPS.SALES.sales_app ADD LIVE VERSION FROM LAST;
EXCEPTION
  WHEN OTHER THEN
    IF (SQLCODE <> 99106) THEN
      RAISE;
    END IF;
END;
$$;

-- ============================================================================
-- 8. Viewers (role: ACCOUNTADMIN)
-- ============================================================================

USE ROLE ACCOUNTADMIN;

-- analyst needs the way to the app and the app itself. Its queries also need the viewer's own privileges on the data.
GRANT USAGE ON DATABASE APPS TO ROLE analyst;

GRANT USAGE ON SCHEMA APPS.SALES TO ROLE analyst;

GRANT USAGE ON STREAMLIT APPS.SALES.sales_app TO ROLE analyst;
