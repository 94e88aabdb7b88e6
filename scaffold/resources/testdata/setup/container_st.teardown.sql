-- Removes from Snowflake what sql/setup.sql made for the app APPS.SALES."select", in the opposite order. Written by sleet.

-- ============================================================================
-- 1. App (role: app_owner)
-- ============================================================================

USE ROLE app_owner;

-- The app, with the edits made to it in Snowsight.
DROP STREAMLIT IF EXISTS APPS.SALES."select";

-- ============================================================================
-- 2. Integration and account-level grants (role: ACCOUNTADMIN)
-- ============================================================================

USE ROLE ACCOUNTADMIN;

-- See first that no other app or function uses it: what it allowed stops working there.
DROP INTEGRATION IF EXISTS APPS_SALES_SELECT_ACCESS;

-- ============================================================================
-- 3. Secrets (role: app_owner)
-- ============================================================================

USE ROLE app_owner;

-- See first that nothing else uses it. It cannot be recovered.
DROP SECRET IF EXISTS APPS.SALES.SELECT_API_KEY;

-- ============================================================================
-- 4. Network rule (role: app_owner)
-- ============================================================================

-- See first that nothing else uses it. It cannot be recovered.
DROP NETWORK RULE IF EXISTS APPS.SALES.SELECT_EGRESS;

-- ============================================================================
-- 5. Schema and stage (role: app_owner)
-- ============================================================================

-- The files of the app only: the stage and the schema stay, for others may use them.
REMOVE '@APPS.SALES.STREAMLIT_STAGE/SELECT/';

-- What stays: secrets that were there before, and grants that other apps may need. Where nothing does:
--   REVOKE USAGE ON DATABASE APPS FROM ROLE ACCOUNTADMIN
--   REVOKE USAGE ON SCHEMA APPS.SALES FROM ROLE ACCOUNTADMIN
--   REVOKE USAGE ON DATABASE APPS FROM ROLE analyst
--   REVOKE USAGE ON SCHEMA APPS.SALES FROM ROLE analyst
