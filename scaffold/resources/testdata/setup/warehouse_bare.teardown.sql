-- Removes from Snowflake what sql/setup.sql made for the app SALES.sales_app, in the opposite order. Written by sleet.
--
-- No database is named in sleet.toml: choose one with USE DATABASE first.

-- ============================================================================
-- 1. App (role: accountadmin)
-- ============================================================================

USE ROLE accountadmin;

-- The app, with the edits made to it in Snowsight.
DROP STREAMLIT IF EXISTS SALES.sales_app;

-- ============================================================================
-- 2. Schema and stage (role: accountadmin)
-- ============================================================================

-- The files of the app only: the stage and the schema stay, for others may use them.
REMOVE '@SALES.STREAMLIT_STAGE/SALES_APP/';

-- What stays: secrets that were there before, and grants that other apps may need. Where nothing does:
--   REVOKE USAGE ON SCHEMA SALES FROM ROLE analyst
