-- Sets up the app sales_app in Snowflake, in order and by role. Written by sleet from sleet.toml.
-- Running it again changes nothing: what exists is left as it is. Only the functions are created again.
--
-- No database and no schema are named in sleet.toml: choose them with USE DATABASE and USE SCHEMA first.
--
-- It switches no role: the role of the session runs all of it and owns the app permanently (the ownership of a
-- STREAMLIT cannot be transferred). To split the work by role, name roles.owner in sleet.toml. The role needs:
--   USAGE, CREATE STREAMLIT, CREATE STAGE ON SCHEMA <the schema in use>
--   USAGE ON WAREHOUSE COMPUTE_WH
--   USAGE ON COMPUTE POOL SYSTEM_COMPUTE_POOL_CPU

-- ============================================================================
-- 1. Schema and stage
-- ============================================================================

-- The files of the app are uploaded here. The encryption cannot be changed later.
CREATE STAGE IF NOT EXISTS STREAMLIT_STAGE
  ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE');

-- ============================================================================
-- 2. Upload
-- ============================================================================

-- Stop here, upload the files of the app to @STREAMLIT_STAGE/SALES_APP in one of these ways, and then go on.
--   sleet apply
--   snow stage copy streamlit_app.py @STREAMLIT_STAGE/SALES_APP --overwrite
--   snow stage copy pyproject.toml @STREAMLIT_STAGE/SALES_APP --overwrite
--   snow stage copy .streamlit/config.toml @STREAMLIT_STAGE/SALES_APP/.streamlit --overwrite
--   snow stage copy uv.lock @STREAMLIT_STAGE/SALES_APP --overwrite
--   Snowsight: the page of the stage, + Files, with the path SALES_APP

-- ============================================================================
-- 3. App
-- ============================================================================

-- The app. It copies the uploaded files once. An app that exists is left as it is.
-- Its packages come from the mirror of PyPI that Snowflake keeps. It takes the database role
-- SNOWFLAKE.PYPI_REPOSITORY_USER, which PUBLIC has unless it was taken back.
CREATE STREAMLIT IF NOT EXISTS sales_app
  FROM '@STREAMLIT_STAGE/SALES_APP'
  MAIN_FILE = 'streamlit_app.py'
  QUERY_WAREHOUSE = COMPUTE_WH
  RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11'
  COMPUTE_POOL = SYSTEM_COMPUTE_POOL_CPU
  TITLE = 'sales_app'
  ARTIFACT_REPOSITORIES = (snowflake.snowpark.pypi_shared_repository);

-- Until there is a live version nobody but the owner can open the app. Error 099106 says that there is one.
-- The network of every viewer must allow *.snowflake.app, *.snowflakecomputing.app and WebSockets.
EXECUTE IMMEDIATE $$
BEGIN
  ALTER STREAMLIT sales_app ADD LIVE VERSION FROM LAST;
EXCEPTION
  WHEN OTHER THEN
    IF (SQLCODE <> 99106) THEN
      RAISE;
    END IF;
END;
$$;
