-- Sets up the app SALES.sales_app in Snowflake, in order and by role. Written by sleet from sleet.toml.
-- Running it again changes nothing: what exists is left as it is. Only the functions are created again.
--
-- No database is named in sleet.toml: choose one with USE DATABASE first.
--
-- accountadmin owns the app permanently: the ownership of a STREAMLIT cannot be transferred.
-- Account-level steps and grants to viewers run as accountadmin, which needs MANAGE GRANTS and
-- CREATE EXTERNAL ACCESS INTEGRATION (ACCOUNTADMIN has both).
-- accountadmin needs, where it does not own them (an administrator grants it):
--   USAGE, CREATE SCHEMA on the database in use
--   GRANT USAGE, CREATE STREAMLIT, CREATE STAGE ON SCHEMA SALES TO ROLE accountadmin
--   GRANT USAGE ON WAREHOUSE COMPUTE_WH TO ROLE accountadmin
--
-- WARNING: accountadmin is a system role. Every viewer of the app acts with its rights, and that cannot be changed later.
-- Make a role for the app and name it in roles.owner.

-- ============================================================================
-- 1. Schema and stage (role: accountadmin)
-- ============================================================================

USE ROLE accountadmin;

-- Where the schema exists and the role may not create one, delete this line.
CREATE SCHEMA IF NOT EXISTS SALES;

USE SCHEMA SALES;

-- The files of the app are uploaded here. The encryption cannot be changed later.
CREATE STAGE IF NOT EXISTS SALES.STREAMLIT_STAGE
  ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE');

-- ============================================================================
-- 2. Upload (role: accountadmin)
-- ============================================================================

-- Stop here, upload the files of the app to @SALES.STREAMLIT_STAGE/SALES_APP in one of these ways, and then go on.
--   sleet apply
--   snow stage copy streamlit_app.py @SALES.STREAMLIT_STAGE/SALES_APP --overwrite
--   snow stage copy environment.yml @SALES.STREAMLIT_STAGE/SALES_APP --overwrite
--   snow stage copy .streamlit/config.toml @SALES.STREAMLIT_STAGE/SALES_APP/.streamlit --overwrite
--   Snowsight: the page of the stage, + Files, with the path SALES_APP

-- ============================================================================
-- 3. App (role: accountadmin)
-- ============================================================================

-- The app. It copies the uploaded files once. An app that exists is left as it is.
CREATE STREAMLIT IF NOT EXISTS SALES.sales_app
  FROM '@SALES.STREAMLIT_STAGE/SALES_APP'
  MAIN_FILE = 'streamlit_app.py'
  QUERY_WAREHOUSE = COMPUTE_WH
  RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME'
  TITLE = 'sales_app';

-- Until there is a live version nobody but the owner can open the app. Error 099106 says that there is one.
-- The network of every viewer must allow *.snowflake.app and WebSockets.
EXECUTE IMMEDIATE $$
BEGIN
  ALTER STREAMLIT SALES.sales_app ADD LIVE VERSION FROM LAST;
EXCEPTION
  WHEN OTHER THEN
    IF (SQLCODE <> 99106) THEN
      RAISE;
    END IF;
END;
$$;

-- ============================================================================
-- 4. Viewers (role: accountadmin)
-- ============================================================================

-- analyst needs the way to the app and the app itself, nothing else: the app runs with the rights of its owner.
GRANT USAGE ON SCHEMA SALES TO ROLE analyst;

GRANT USAGE ON STREAMLIT SALES.sales_app TO ROLE analyst;
