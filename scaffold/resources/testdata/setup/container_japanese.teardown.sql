-- sql/setup.sql がアプリ APPS.SALES."売上アプリ" のために作成したものを、逆の順で Snowflake から削除します。sleet が生成しました。

-- ============================================================================
-- 1. アプリ (ロール: "App Owner")
-- ============================================================================

USE ROLE "App Owner";

-- アプリを、Snowsight での編集内容ごと削除します。
DROP STREAMLIT IF EXISTS APPS.SALES."売上アプリ";

-- ============================================================================
-- 2. シークレットを渡す関数 (ロール: "App Owner")
-- ============================================================================

DROP FUNCTION IF EXISTS APPS.SALES.APP_1B9B1393_GET_SHARED();

DROP FUNCTION IF EXISTS APPS.SALES.APP_1B9B1393_GET_AWS();

DROP FUNCTION IF EXISTS APPS.SALES.APP_1B9B1393_GET_MAIL();

DROP FUNCTION IF EXISTS APPS.SALES.APP_1B9B1393_GET_CRM();

DROP FUNCTION IF EXISTS APPS.SALES.APP_1B9B1393_GET_LOGIN();

DROP FUNCTION IF EXISTS APPS.SALES.APP_1B9B1393_GET_API_KEY();

-- ============================================================================
-- 3. 統合とアカウントレベルの権限 (ロール: platform_admin)
-- ============================================================================

USE ROLE platform_admin;

-- ほかのアプリや関数が使っていないことを先に確認してください。使っていれば動かなくなります。
DROP INTEGRATION IF EXISTS APPS_SALES_APP_1B9B1393_ACCESS;

-- ============================================================================
-- 4. シークレット (ロール: "App Owner")
-- ============================================================================

USE ROLE "App Owner";

-- 他で使われていないことを先に確認してください。元には戻せません。
DROP SECRET IF EXISTS APPS.SALES.APP_1B9B1393_AWS;

DROP SECRET IF EXISTS APPS.SALES.APP_1B9B1393_MAIL;

DROP SECRET IF EXISTS APPS.SALES.APP_1B9B1393_CRM;

DROP SECRET IF EXISTS APPS.SALES.APP_1B9B1393_LOGIN;

DROP SECRET IF EXISTS APPS.SALES.APP_1B9B1393_API_KEY;

-- ============================================================================
-- 5. ネットワークルール (ロール: "App Owner")
-- ============================================================================

-- 他で使われていないことを先に確認してください。元には戻せません。
DROP NETWORK RULE IF EXISTS APPS.SALES.APP_1B9B1393_EGRESS;

-- ============================================================================
-- 6. スキーマとステージ (ロール: "App Owner")
-- ============================================================================

-- アプリのファイルだけを消します。ステージとスキーマは他でも使われうるため残します。
REMOVE '@APPS.SALES.STREAMLIT_STAGE/APP_1B9B1393/';

-- 残るもの: 元からあったシークレットと、ほかのアプリが必要としうる権限。不要であれば次を実行してください。
--   SECRET ops.vault.SHARED
--   REVOKE USAGE, READ ON SECRET ops.vault.SHARED FROM ROLE "App Owner"
--   REVOKE USAGE ON DATABASE ops FROM ROLE "App Owner"
--   REVOKE USAGE ON SCHEMA ops.vault FROM ROLE "App Owner"
--   REVOKE USAGE ON SECRET ops.vault.SHARED FROM ROLE platform_admin
--   REVOKE USAGE ON DATABASE ops FROM ROLE platform_admin
--   REVOKE USAGE ON SCHEMA ops.vault FROM ROLE platform_admin
--   REVOKE USAGE ON DATABASE APPS FROM ROLE platform_admin
--   REVOKE USAGE ON SCHEMA APPS.SALES FROM ROLE platform_admin
--   REVOKE DATABASE ROLE SNOWFLAKE.CORTEX_USER FROM ROLE "App Owner"
--   REVOKE USAGE ON DATABASE APPS FROM ROLE analyst
--   REVOKE USAGE ON SCHEMA APPS.SALES FROM ROLE analyst
--   REVOKE USAGE ON DATABASE APPS FROM ROLE "営業"
--   REVOKE USAGE ON SCHEMA APPS.SALES FROM ROLE "営業"
