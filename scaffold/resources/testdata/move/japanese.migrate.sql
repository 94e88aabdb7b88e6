-- アプリ apps.public.sales をコンテナランタイムに移行します。順序どおり、ロールごとに並んでいます。sleet migrate が生成しました。
-- `sleet apply` でも sleet.toml から同じことができます。rollback.sql で元に戻せます。
--
-- 実行する前に、山括弧のプレースホルダーをシークレットの値に置き換えてください。残したまま実行すると構文エラーになります。
-- 値をこのファイルに保存しないでください。シークレットがすでにある場合は、そのステートメントを削除し、
-- sleet.toml に object = "…" と existing = true を指定してください。
--
-- ロールは切り替えません。セッションのロールがすべてを実行し、アプリを所有し続けます (STREAMLIT の所有権は移せません)。
-- ロールごとに分けるには sleet.toml の roles.owner を指定してください。ロールには次の権限が必要です。
--   USAGE ON DATABASE apps
--   USAGE, CREATE SECRET, CREATE FUNCTION ON SCHEMA apps.public
--   USAGE ON WAREHOUSE compute_wh
--   CREATE EXTERNAL ACCESS INTEGRATION ON ACCOUNT
--   OWNERSHIP ON STREAMLIT apps.public.sales
--
-- DESCRIBE STREAMLIT apps.public.sales に root_location が表示される場合、この方法では変更できません。sleet migrate --undo の後に
-- sleet migrate --root-location を実行すると、隣に新しいアプリを作ります。

-- ============================================================================
-- 1. 場所
-- ============================================================================

USE DATABASE apps;

USE SCHEMA apps.public;

-- ============================================================================
-- 2. シークレット
-- ============================================================================

-- fresh: 値を一重引用符で囲んで記入してください。値の中の一重引用符とバックスラッシュは 2 つ重ねます。
CREATE SECRET IF NOT EXISTS apps.public.SALES_FRESH
  TYPE = GENERIC_STRING
  SECRET_STRING = <secret:fresh>;

-- ============================================================================
-- 3. 統合とアカウントレベルの権限
-- ============================================================================

-- アプリと関数が使えるホストとシークレットを、ここに挙げたものだけに限ります。
CREATE EXTERNAL ACCESS INTEGRATION IF NOT EXISTS APPS_PUBLIC_SALES_ACCESS
  ALLOWED_AUTHENTICATION_SECRETS = (apps.public.SALES_FRESH)
  ENABLED = TRUE;

-- ============================================================================
-- 4. シークレットを渡す関数
-- ============================================================================

-- アプリはこれらの関数からシークレットを得ます。関数を使える人は値を読めるため、誰にも権限を与えないでください。
-- 関数への FUTURE 権限がこのスキーマに及んでいないことも確認してください。
CREATE OR REPLACE SECURE FUNCTION apps.public.SALES_GET_FRESH()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'アプリ sales にシークレット fresh を渡します。誰にも権限を与えないでください。'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_PUBLIC_SALES_ACCESS)
  SECRETS = ('fresh' = apps.public.SALES_FRESH)
AS $$
import _snowflake


def get_secret():
    return _snowflake.get_generic_secret_string("fresh")
$$;

-- ============================================================================
-- 5. アップロード
-- ============================================================================

-- ここで止めてください。まず現在の内容をバージョンとして残します (プレビュー機能のため、スクリプトには含めていません)。
--   ALTER STREAMLIT apps.public.sales COMMIT
-- 次に、変更したファイルを次のいずれかの方法でアップロードし、すぐに続けてください。
-- 切り替えるまで、閲覧者には古いランタイムで新しいコードが見えます。
--   sleet apply
--   snow stage copy streamlit_app.py 'snow://streamlit/apps.public.sales/versions/live/' --overwrite
--   snow stage copy pyproject.toml 'snow://streamlit/apps.public.sales/versions/live/' --overwrite
--   snow stage copy .streamlit/config.toml 'snow://streamlit/apps.public.sales/versions/live/.streamlit/' --overwrite
--   snow stage copy uv.lock 'snow://streamlit/apps.public.sales/versions/live/' --overwrite
--   Snowsight: アプリのページの「編集」で同じファイルを置き換えます。

-- ============================================================================
-- 6. 切り替え
-- ============================================================================

-- 切り替えです。アプリの名前、URL、権限は変わりません。SET はリスト全体を置き換えるため、以前に割り当てられていたものも
-- アプリのファイルから分かる限り含めています。先に DESCRIBE STREAMLIT apps.public.sales と比べてください。
-- 切り替えにはプールの指定が必要です。変更されていなければ、これがアカウントの DEFAULT_STREAMLIT_COMPUTE_POOL です。
ALTER STREAMLIT apps.public.sales SET
  RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11'
  COMPUTE_POOL = SYSTEM_COMPUTE_POOL_CPU
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_PUBLIC_SALES_ACCESS)
  ARTIFACT_REPOSITORIES = (snowflake.snowpark.pypi_shared_repository);

-- ライブバージョンがなければ、所有者以外はアプリを開けません。エラー 099106 は、すでにあることを示します。
EXECUTE IMMEDIATE $$
BEGIN
  ALTER STREAMLIT apps.public.sales ADD LIVE VERSION FROM LAST;
EXCEPTION
  WHEN OTHER THEN
    IF (SQLCODE <> 99106) THEN
      RAISE;
    END IF;
END;
$$;
