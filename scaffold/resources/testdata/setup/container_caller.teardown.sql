-- Removes from Snowflake what sql/setup.sql made for the app APPS.SALES.sales_app, in the opposite order. Written by sleet.

-- ============================================================================
-- 1. App (role: app_owner)
-- ============================================================================

USE ROLE app_owner;

-- The app, with the edits made to it in Snowsight.
DROP STREAMLIT IF EXISTS APPS.SALES.sales_app;

-- ============================================================================
-- 2. Functions that hold secrets (role: app_owner)
-- ============================================================================

DROP FUNCTION IF EXISTS APPS.SALES.SALES_APP_GET_API_KEY();

-- ============================================================================
-- 3. Integration and account-level grants (role: ACCOUNTADMIN)
-- ============================================================================

USE ROLE ACCOUNTADMIN;

-- See first that no other app or function uses it: what it allowed stops working there.
DROP INTEGRATION IF EXISTS APPS_SALES_SALES_APP_ACCESS;

-- ============================================================================
-- 4. Secrets (role: app_owner)
-- ============================================================================

USE ROLE app_owner;

-- See first that nothing else uses it. It cannot be recovered.
DROP SECRET IF EXISTS APPS.SALES.SALES_APP_API_KEY;

-- ============================================================================
-- 5. Network rule (role: app_owner)
-- ============================================================================

-- See first that nothing else uses it. It cannot be recovered.
DROP NETWORK RULE IF EXISTS APPS.SALES.SALES_APP_EGRESS;

-- ============================================================================
-- 6. Schema and stage (role: app_owner)
-- ============================================================================

-- The files of the app only: the stage and the schema stay, for others may use them.
REMOVE '@APPS.SALES.STREAMLIT_STAGE/SALES_APP/';

-- What stays: secrets that were there before, and grants that other apps may need. Where nothing does:
--   REVOKE USAGE ON DATABASE APPS FROM ROLE ACCOUNTADMIN
--   REVOKE USAGE ON SCHEMA APPS.SALES FROM ROLE ACCOUNTADMIN
--   REVOKE CALLER USAGE ON DATABASE APPS FROM ROLE app_owner
--   REVOKE CALLER USAGE ON SCHEMA APPS.SALES FROM ROLE app_owner
--   REVOKE USAGE ON DATABASE APPS FROM ROLE analyst
--   REVOKE USAGE ON SCHEMA APPS.SALES FROM ROLE analyst
