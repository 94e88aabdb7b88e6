-- Removes from Snowflake what sql/setup.sql made for the app sales_app, in the opposite order. Written by sleet.
--
-- No database and no schema are named in sleet.toml: choose them with USE DATABASE and USE SCHEMA first.
--
-- It switches no role: run it as the role that ran setup.sql, which owns these objects.

-- ============================================================================
-- 1. App
-- ============================================================================

-- The app, with the edits made to it in Snowsight.
DROP STREAMLIT IF EXISTS sales_app;

-- ============================================================================
-- 2. Schema and stage
-- ============================================================================

-- The files of the app only: the stage and the schema stay, for others may use them.
REMOVE '@STREAMLIT_STAGE/SALES_APP/';
