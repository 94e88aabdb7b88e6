-- Removes from Snowflake what sql/setup.sql made for the app "my db's"."table"."sales_app", in the opposite order. Written by sleet.

-- ============================================================================
-- 1. App (role: app_owner)
-- ============================================================================

USE ROLE app_owner;

-- The app, with the edits made to it in Snowsight.
DROP STREAMLIT IF EXISTS "my db's"."table"."sales_app";

-- ============================================================================
-- 2. Functions that hold secrets (role: app_owner)
-- ============================================================================

DROP FUNCTION IF EXISTS "my db's"."table".SALES_APP_GET_API_KEY();

-- ============================================================================
-- 3. Integration and account-level grants (role: ACCOUNTADMIN)
-- ============================================================================

USE ROLE ACCOUNTADMIN;

-- See first that no other app or function uses it: what it allowed stops working there.
DROP INTEGRATION IF EXISTS MY_DB_S_TABLE_SALES_APP_ACCESS;

-- ============================================================================
-- 4. Secrets (role: app_owner)
-- ============================================================================

USE ROLE app_owner;

-- See first that nothing else uses it. It cannot be recovered.
DROP SECRET IF EXISTS "my db's"."table".SALES_APP_API_KEY;

-- ============================================================================
-- 5. Schema and stage (role: app_owner)
-- ============================================================================

-- The files of the app only: the stage and the schema stay, for others may use them.
REMOVE '@"my db''s"."table"."my.stage"/SALES_APP/';

-- What stays: secrets that were there before, and grants that other apps may need. Where nothing does:
--   REVOKE USAGE ON DATABASE "my db's" FROM ROLE ACCOUNTADMIN
--   REVOKE USAGE ON SCHEMA "my db's"."table" FROM ROLE ACCOUNTADMIN
--   REVOKE USAGE ON DATABASE "my db's" FROM ROLE analyst
--   REVOKE USAGE ON SCHEMA "my db's"."table" FROM ROLE analyst
