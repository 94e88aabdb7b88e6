package environ

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWithoutSecrets(t *testing.T) {
	secret := []string{
		"SLEET_SECRET_API_KEY", "SLEET_SECRET_LOGIN_USERNAME", "sleet_secret_api_key",
		"SNOWFLAKE_PASSWORD", "SNOWFLAKE_TOKEN", "SNOWFLAKE_PASSCODE", "SNOWFLAKE_PRIVATE_KEY_PASSPHRASE", "PRIVATE_KEY_PASSPHRASE",
		"SNOWFLAKE_PRIVATE_KEY_RAW", "SNOWFLAKE_OAUTH_CLIENT_SECRET", "SNOWFLAKE_SESSION_TOKEN", "SNOWFLAKE_MASTER_TOKEN",
		"SNOWFLAKE_CONNECTIONS", "SNOWFLAKE_CONNECTIONS_DEV_PASSWORD", "SNOWFLAKE_CONNECTIONS_DEV_TOKEN",
		"SNOWFLAKE_CONNECTIONS_DEV_PRIVATE_KEY_PASSPHRASE", "SNOWFLAKE_CONNECTIONS_DEV_OAUTH_CLIENT_SECRET",
		"SNOWFLAKE_PRIVATE_KEY_FILE_PWD", "SNOWSQL_PWD", "SNOWSQL_PRIVATE_KEY_PASSPHRASE", "SNOWSQL_TOKEN",
	}
	plain := []string{
		"PATH", "HOME", "TERM", "SNOWFLAKE_ACCOUNT", "SNOWFLAKE_USER", "SNOWFLAKE_HOME", "SNOWFLAKE_PRIVATE_KEY_FILE",
		"SNOWFLAKE_PRIVATE_KEY_PATH", "SNOWFLAKE_TOKEN_FILE_PATH", "SNOWFLAKE_DEFAULT_CONNECTION_NAME",
		"SNOWFLAKE_CONNECTIONS_DEV_ACCOUNT", "SLEET_SECRETS", "UV_INDEX_INTERNAL_PASSWORD",
	}
	var environ, want []string
	for _, name := range secret {
		environ = append(environ, name+"=a=b")
	}
	for _, name := range plain {
		environ, want = append(environ, name+"=x"), append(want, name+"=x")
	}
	if diff := cmp.Diff(want, WithoutSecrets(environ)); diff != "" {
		t.Error(diff)
	}
}
