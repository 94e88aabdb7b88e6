package credential

import (
	"strings"
	"testing"
)

// The samples are assembled at run time so that secret scanners ignore them.
func TestCredential(t *testing.T) {
	t.Parallel()
	tests := []struct {
		names []string
		value any
	}{
		{[]string{"password"}, "hunter2"},
		{[]string{"password"}, int64(12345678)},
		{[]string{"passwd"}, "s3cr3t!"},
		{[]string{"db_pwd"}, "letmein"},
		{[]string{"dbPassword"}, "letmein"},
		{[]string{"DB-PASSWORD"}, "letmein"},
		{[]string{"password_2"}, "letmein"},
		{[]string{"passphrase"}, "correct horse battery staple"},
		{[]string{"token"}, "abc123"},
		{[]string{"access_token"}, "0b8f6ad0-3e6f-4a4c-9d55-6f7c0d9d2f11"},
		{[]string{"secret"}, "mysecretvalue"},
		{[]string{"client_secret"}, "abcd"},
		{[]string{"api_key"}, "my-key-1"},
		{[]string{"apikey"}, "my-key-1"},
		{[]string{"API_KEY"}, "my-key-1"},
		{[]string{"apiKey"}, "my-key-1"},
		{[]string{"openaiAPIKey"}, "my-key-1"},
		{[]string{"private_key"}, "MIIEvQ"},
		{[]string{"credentials"}, "me:secret1"},
		{[]string{"db", "password"}, "hunter2"},
		{[]string{"passwords", "alice"}, "hunter2"},
		{[]string{"x"}, "AKIA" + "IOSFODNN7EXAMPLE"},
		{[]string{"x"}, "ghp_" + strings.Repeat("a1", 18)},
		{[]string{"x"}, "github_pat_" + strings.Repeat("A1", 20)},
		{[]string{"x"}, "glpat-" + strings.Repeat("a1", 10)},
		{[]string{"x"}, "sk-" + "proj-" + strings.Repeat("a1", 20)},
		{[]string{"x"}, "sk_live_" + strings.Repeat("a1", 12)},
		{[]string{"x"}, "xoxb-" + "1234567890-abcdefghij"},
		{[]string{"x"}, "https://hooks.slack.com/services/" + "T00000000/B00000000/XXXXXXXXXXXX"},
		{[]string{"x"}, "AIza" + strings.Repeat("aB3", 12)},
		{[]string{"x"}, "Authorization: Bearer " + strings.Repeat("a1", 12)},
		{[]string{"x"}, "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxIn0." + "c2lnbmF0dXJl"},
		{[]string{"x"}, "-----BEGIN RSA PRIVATE " + "KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----"},
		{[]string{"x"}, `{"type": "service_account", "private_key": "-----BEGIN PRIVATE ` + `KEY-----\nMII"}`},
		{[]string{"database_url"}, "postgres://me:hunter2@db.example.com/x"},
		{[]string{"endpoint"}, "https://api.example.com/?api_key=abcd1234"},
		{[]string{"dsn"}, "Server=db;Uid=me;Pwd=hunter2;"},
		{[]string{"x"}, "q8Zr2Lw9Xc4Vb7Nm1Kd6Tf3Hs5Jp0Gy"},
		{[]string{"x"}, "9f86d081884c7d659a2feaa0c55ad015"},
		{[]string{"x"}, "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY"},
		{[]string{"list"}, "q8Zr2Lw9Xc4Vb7Nm1Kd6"},
	}
	for _, tt := range tests {
		if InValue(tt.names, tt.value).IsZero() {
			t.Errorf("InValue(%v, %v) finds no credential", tt.names, tt.value)
		}
	}
}

func TestNoCredential(t *testing.T) {
	t.Parallel()
	tests := []struct {
		names []string
		value any
	}{
		{[]string{"app_name"}, "My Streamlit App"},
		{[]string{"api_endpoint"}, "https://api.example.com"},
		{[]string{"max_results"}, int64(100)},
		{[]string{"token_limit"}, int64(100)},
		{[]string{"max_tokens"}, int64(4096)},
		{[]string{"password_min_length"}, int64(8)},
		{[]string{"password_policy"}, "strict"},
		{[]string{"secret_santa"}, false},
		{[]string{"secret"}, true},
		{[]string{"token_url"}, "https://auth.example.com/oauth/token"},
		{[]string{"token"}, "https://auth.example.com/oauth/token"},
		{[]string{"token_type"}, "bearer"},
		{[]string{"password"}, ""},
		{[]string{"password"}, "changeme"},
		{[]string{"password"}, "<your password>"},
		{[]string{"api_key"}, "${API_KEY}"},
		{[]string{"api_key"}, "********"},
		{[]string{"private_key"}, "/run/keys/app.p8"},
		{[]string{"forgot_password"}, "Have you forgotten your password?"},
		{[]string{"primary_key"}, "customer_id"},
		{[]string{"sort_key"}, "created_at"},
		{[]string{"key"}, "customer"},
		{[]string{"compass"}, "north"},
		{[]string{"pass_rate"}, 0.95},
		{[]string{"color"}, "#ff4b4bff"},
		{[]string{"colour"}, "ff4b4b80"},
		{[]string{"id"}, "0b8f6ad0-3e6f-4a4c-9d55-6f7c0d9d2f11"},
		{[]string{"x"}, "0b8f6ad0-3e6f-4a4c-9d55-6f7c0d9d2f11"},
		{[]string{"folder_id"}, "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgVE2upms"},
		{[]string{"commit"}, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"},
		{[]string{"sha256"}, strings.Repeat("9f86d081884c7d65", 4)},
		{[]string{"sheet"}, "https://docs.example.com/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgVE2upms/edit"},
		{[]string{"model"}, "@ANALYTICS.PUBLIC.MODELS/revenue_2024_v2.yaml"},
		{[]string{"table"}, "ANALYTICS_PROD.PUBLIC.FCT_ORDERS_2024_Q3_V2"},
		{[]string{"start"}, "2024-01-01T00:00:00Z"},
		{[]string{"text"}, "The quick brown fox jumps over the lazy dog 1234567890 times."},
		{[]string{"slug"}, "my-very-long-descriptive-name-2024-v2"},
		{[]string{"file"}, "data/raw/2024/orders_v12_final.parquet"},
		{[]string{"camel"}, "GetMyReportForTheYear2024Please"},
		{[]string{"phone"}, "+81-3-1234-5678-90123456"},
		{[]string{"number"}, "123456789012345678901234567890"},
		{[]string{"account"}, "xy12345.eu-central-1.aws"},
		{[]string{"region"}, "us-east-1"},
		{[]string{"mail"}, "someone.with.a.long.name@example.com"},
		{[]string{"url"}, "https://{user}:{password}@example.com"},
		{[]string{"template"}, "https://api.example.com/?token={token}"},
		{[]string{"日本語"}, "東京都千代田区千代田一丁目一番一号"},
		{[]string{"x"}, "task-force-of-many-people-at-work"},
		{[]string{"x"}, "risk-assessment-of-2024-and-2025"},
		{[]string{"x"}, strings.Repeat("a1", 20)},
		{nil, "x"},
	}
	for _, tt := range tests {
		if why := InValue(tt.names, tt.value); !why.IsZero() {
			t.Errorf("InValue(%v, %v) = %s, want none", tt.names, tt.value, why)
		}
	}
}

func FuzzCredential(f *testing.F) {
	for _, seed := range []string{"a", "eyJhbGciOi.eyJzdWI.x", "://a:b@c", "password=x;", "x-----BEGIN ", "\xff", "{}"} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		if why := InValue([]string{name}, text); len(text) > 12 && strings.Contains(why.String(), text) {
			t.Errorf("message %q contains the value", why)
		}
	})
}
