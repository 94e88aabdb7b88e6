-- Takes back what migrate.sql did for the app apps.public.sales_container. Written by sleet migrate.
-- The old app apps.public.sales was never changed.

-- ============================================================================
-- 1. App (role: DEV)
-- ============================================================================

USE ROLE DEV;

-- The app, with the edits made to it in Snowsight.
DROP STREAMLIT IF EXISTS apps.public.sales_container;

-- ============================================================================
-- 2. Functions that hold secrets (role: DEV)
-- ============================================================================

DROP FUNCTION IF EXISTS apps.public.SALES_CONTAINER_GET_API_KEY();

-- ============================================================================
-- 3. Schema and stage (role: DEV)
-- ============================================================================

-- The files of the app only: the stage and the schema stay, for others may use them.
REMOVE '@apps.public.STREAMLIT_STAGE/SALES_CONTAINER/';
