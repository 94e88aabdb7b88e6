-- Makes the container app apps.public.sales_container beside apps.public.sales, in order and by role. Written by sleet migrate.
-- The old app was made with ROOT_LOCATION: no ALTER can give it a container, so it stays as it is. The new one
-- has a URL of its own: tell its viewers. rollback.sql is the way back.
--
-- DEV owns the app permanently: the ownership of a STREAMLIT cannot be transferred.
-- Account-level steps and grants to viewers run as ACCOUNTADMIN, which needs MANAGE GRANTS and
-- CREATE EXTERNAL ACCESS INTEGRATION (ACCOUNTADMIN has both).
-- DEV needs, where it does not own them (an administrator grants it):
--   GRANT USAGE, CREATE SCHEMA ON DATABASE apps TO ROLE DEV
--   GRANT USAGE, CREATE STREAMLIT, CREATE STAGE, CREATE FUNCTION ON SCHEMA apps.public TO ROLE DEV
--   GRANT USAGE ON WAREHOUSE compute_wh TO ROLE DEV
--   GRANT USAGE ON COMPUTE POOL SYSTEM_COMPUTE_POOL_CPU TO ROLE DEV

-- ============================================================================
-- 1. Schema and stage (role: DEV)
-- ============================================================================

USE ROLE DEV;

USE DATABASE apps;

-- Where the schema exists and the role may not create one, delete this line.
CREATE SCHEMA IF NOT EXISTS apps.public;

USE SCHEMA apps.public;

-- The files of the app are uploaded here. The encryption cannot be changed later.
CREATE STAGE IF NOT EXISTS apps.public.STREAMLIT_STAGE
  ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE');

-- ============================================================================
-- 2. Integration and account-level grants (role: ACCOUNTADMIN)
-- ============================================================================

USE ROLE ACCOUNTADMIN;

-- The secret APPS.PUBLIC.API_KEY was there before. It keeps its owner, and the owner of the app may read it.
GRANT USAGE, READ ON SECRET APPS.PUBLIC.API_KEY TO ROLE DEV;

GRANT USAGE ON DATABASE apps TO ROLE DEV;

GRANT USAGE ON SCHEMA apps.public TO ROLE DEV;

GRANT USAGE ON SECRET APPS.PUBLIC.API_KEY TO ROLE ACCOUNTADMIN;

GRANT USAGE ON DATABASE apps TO ROLE ACCOUNTADMIN;

GRANT USAGE ON SCHEMA apps.public TO ROLE ACCOUNTADMIN;

-- ============================================================================
-- 3. Functions that hold secrets (role: DEV)
-- ============================================================================

USE ROLE DEV;

-- The app calls these to get its secrets. Anyone who may use one can read its secret: grant them to nobody,
-- and see that no FUTURE grant on functions reaches this schema.
CREATE OR REPLACE SECURE FUNCTION apps.public.SALES_CONTAINER_GET_API_KEY()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'Gives the app sales_container its secret api_key. Grant it to nobody.'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = (maps)
  SECRETS = ('api_key' = APPS.PUBLIC.API_KEY)
AS $$
import _snowflake


def get_secret():
    kind = str(_snowflake.get_secret_type("api_key")).upper()
    if kind != "GENERIC_STRING":
        raise ValueError("the secret bound to api_key is of type " + kind + ", not GENERIC_STRING")
    return _snowflake.get_generic_secret_string("api_key")
$$;

-- ============================================================================
-- 4. Upload (role: DEV)
-- ============================================================================

-- Stop here, upload the files of the app to @apps.public.STREAMLIT_STAGE/SALES_CONTAINER in one of these ways, and then go on.
--   sleet apply
--   snow stage copy streamlit_app.py @apps.public.STREAMLIT_STAGE/SALES_CONTAINER --overwrite
--   snow stage copy pyproject.toml @apps.public.STREAMLIT_STAGE/SALES_CONTAINER --overwrite
--   snow stage copy .streamlit/config.toml @apps.public.STREAMLIT_STAGE/SALES_CONTAINER/.streamlit --overwrite
--   snow stage copy uv.lock @apps.public.STREAMLIT_STAGE/SALES_CONTAINER --overwrite
--   Snowsight: the page of the stage, + Files, with the path SALES_CONTAINER

-- ============================================================================
-- 5. App (role: DEV)
-- ============================================================================

-- The app. It copies the uploaded files once. An app that exists is left as it is.
-- Its packages come from the mirror of PyPI that Snowflake keeps. It takes the database role
-- SNOWFLAKE.PYPI_REPOSITORY_USER, which PUBLIC has unless it was taken back.
CREATE STREAMLIT IF NOT EXISTS apps.public.sales_container
  FROM '@apps.public.STREAMLIT_STAGE/SALES_CONTAINER'
  MAIN_FILE = 'streamlit_app.py'
  QUERY_WAREHOUSE = compute_wh
  RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11'
  COMPUTE_POOL = SYSTEM_COMPUTE_POOL_CPU
  TITLE = 'sales_container'
  EXTERNAL_ACCESS_INTEGRATIONS = (maps)
  ARTIFACT_REPOSITORIES = (snowflake.snowpark.pypi_shared_repository);

-- Until there is a live version nobody but the owner can open the app. Error 099106 says that there is one.
-- The network of every viewer must allow *.snowflake.app, *.snowflakecomputing.app and WebSockets.
EXECUTE IMMEDIATE $$
BEGIN
  ALTER STREAMLIT apps.public.sales_container ADD LIVE VERSION FROM LAST;
EXCEPTION
  WHEN OTHER THEN
    IF (SQLCODE <> 99106) THEN
      RAISE;
    END IF;
END;
$$;

-- ============================================================================
-- 6. Viewers (role: ACCOUNTADMIN)
-- ============================================================================

USE ROLE ACCOUNTADMIN;

-- VIEWER needs the way to the app and the app itself, nothing else: the app runs with the rights of its owner.
GRANT USAGE ON DATABASE apps TO ROLE VIEWER;

GRANT USAGE ON SCHEMA apps.public TO ROLE VIEWER;

GRANT USAGE ON STREAMLIT apps.public.sales_container TO ROLE VIEWER;

-- ============================================================================
-- 7. Grants of the old app (role: ACCOUNTADMIN)
-- ============================================================================

-- As on the old app.
GRANT USAGE ON STREAMLIT apps.public.sales_container TO ROLE PUBLIC;

-- When everybody uses the new app, the old one can go:
--   DROP STREAMLIT apps.public.sales
