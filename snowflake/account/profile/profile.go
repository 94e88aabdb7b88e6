package profile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sleet/snowflake"
	"sleet/ui/message"
)

// Keys of a profile that several rules refer to.
const (
	keyUser  = "user"
	keyToken = "token"
	keyFile  = "private_key_file"
)

// Profile is one connection, as files and environment describe it.
type Profile struct {
	// Name is its name in the file.
	Name string
	// File and Line are where it is defined. File is empty for a connection that only the environment defines.
	File string
	Line int
	// Default reports whether it is used when no connection is named.
	Default bool
	// Problems are its problems and those of its file.
	Problems []Problem

	Account, User, Role, Warehouse, Database, Schema string
	Authenticator, Host, Region, Protocol            string
	Port                                             int

	Password, Token, PrivateKey, Passphrase, Passcode   snowflake.Secret
	PrivateKeyFile, TokenFile                           string
	PasscodeInPassword                                  bool
	OAuthClientID                                       string
	OAuthClientSecret                                   snowflake.Secret
	OAuthAuthorizationURL, OAuthTokenURL, OAuthRedirect string
	OAuthScope                                          string
	WorkloadProvider, WorkloadResource                  string
	// WorkloadPath is the chain of identities that a workload impersonates.
	WorkloadPath []string

	// given are the fields that a file or a variable sets.
	given []string
}

// Problem is something wrong with a profile.
type Problem struct {
	// Message describes the problem, with file and line. It never contains a value. Fix is how to fix it.
	Message, Fix message.Message
	// Mode reports whether the fix is to set the file's mode to 0600.
	Mode bool
	// Fatal reports whether the profile cannot be used until the problem is fixed.
	Fatal bool
}

// field is one key of a profile.
type field struct {
	// names are the key and its other spellings. The Snowflake CLI uses the first.
	names []string
	// set stores a value in the profile. If the value is invalid, it returns what is expected.
	set func(p *Profile, value string) message.Message
}

func textField(to func(*Profile) *string, names ...string) field {
	return field{names, func(p *Profile, value string) message.Message {
		*to(p) = value
		return message.Message{}
	}}
}

func secretField(to func(*Profile) *snowflake.Secret, names ...string) field {
	return field{names, func(p *Profile, value string) message.Message {
		*to(p) = snowflake.NewSecret(value)
		return message.Message{}
	}}
}

// fields returns the profile keys that a login uses, with all spellings.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-connections
func fields() []field {
	return []field{
		textField(func(p *Profile) *string { return &p.Account }, "account", "accountname"),
		textField(func(p *Profile) *string { return &p.User }, keyUser, "username"),
		textField(func(p *Profile) *string { return &p.Role }, "role", "rolename"),
		textField(func(p *Profile) *string { return &p.Warehouse }, "warehouse", "warehousename"),
		textField(func(p *Profile) *string { return &p.Database }, "database", "dbname"),
		textField(func(p *Profile) *string { return &p.Schema }, "schema", "schemaname"),
		textField(func(p *Profile) *string { return &p.Authenticator }, "authenticator"),
		textField(func(p *Profile) *string { return &p.Host }, "host"),
		textField(func(p *Profile) *string { return &p.Region }, "region"),
		textField(func(p *Profile) *string { return &p.Protocol }, "protocol"),
		{[]string{"port"}, setPort},
		secretField(func(p *Profile) *snowflake.Secret { return &p.Password }, "password"),
		secretField(func(p *Profile) *snowflake.Secret { return &p.Token }, keyToken),
		secretField(func(p *Profile) *snowflake.Secret { return &p.PrivateKey }, "private_key_raw", "private_key"),
		secretField(func(p *Profile) *snowflake.Secret { return &p.Passphrase },
			"private_key_passphrase", "private_key_file_pwd", "private_key_pwd"),
		secretField(func(p *Profile) *snowflake.Secret { return &p.Passcode }, "passcode", "mfa_passcode"),
		textField(func(p *Profile) *string { return &p.PrivateKeyFile }, keyFile, "private_key_path"),
		textField(func(p *Profile) *string { return &p.TokenFile }, "token_file_path", "token_file"),
		{[]string{"passcode_in_password"}, func(p *Profile, value string) message.Message {
			return setBool(&p.PasscodeInPassword, value)
		}},
		textField(func(p *Profile) *string { return &p.OAuthClientID }, "oauth_client_id"),
		secretField(func(p *Profile) *snowflake.Secret { return &p.OAuthClientSecret }, "oauth_client_secret"),
		textField(func(p *Profile) *string { return &p.OAuthAuthorizationURL }, "oauth_authorization_url"),
		textField(func(p *Profile) *string { return &p.OAuthTokenURL }, "oauth_token_request_url"),
		textField(func(p *Profile) *string { return &p.OAuthRedirect }, "oauth_redirect_uri"),
		textField(func(p *Profile) *string { return &p.OAuthScope }, "oauth_scope"),
		textField(func(p *Profile) *string { return &p.WorkloadProvider }, "workload_identity_provider"),
		textField(func(p *Profile) *string { return &p.WorkloadResource }, "workload_identity_entra_resource"),
		{[]string{workloadPath}, func(p *Profile, value string) message.Message {
			p.WorkloadPath = strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' })
			return message.Message{}
		}},
	}
}

// workloadPath is the only key whose value is a list.
const workloadPath = "workload_identity_impersonation_path"

// alternatives returns the keys that are alternatives for one setting, key included. Setting one overrides the other.
func alternatives(key string) []string {
	switch key {
	case keyFile, "private_key_raw":
		return []string{keyFile, "private_key_raw"}
	case keyToken, "token_file_path":
		return []string{keyToken, "token_file_path"}
	}
	return []string{key}
}

// Has reports whether a file or a variable sets a key or its alternative.
func (p *Profile) Has(key string) bool {
	return slices.ContainsFunc(alternatives(key), func(name string) bool { return slices.Contains(p.given, name) })
}

// clearAlternatives clears the alternatives of a key before a source with higher precedence sets it.
func (p *Profile) clearAlternatives(key string) {
	for _, name := range alternatives(key) {
		if f, ok := fieldOf(name); ok && name != key && slices.Contains(p.given, name) {
			f.set(p, "")
			p.given = slices.DeleteFunc(p.given, func(given string) bool { return given == name })
		}
	}
}

// unused are keys that other programs read and sleet does not. They are not a problem.
var unused = []string{
	"oauth_enable_pkce", "oatuh_enable_pkce", "oauth_enable_refresh_tokens", "oauth_enable_single_use_refresh_tokens",
	"client_store_temporary_credential", "client_request_mfa_token", "client_session_keep_alive", "secondary_roles",
	"server_session_keep_alive", "session_token", "master_token", "insecure_mode", "ocsp_fail_open", "disable_ocsp_checks",
	"login_timeout", "network_timeout", "socket_timeout", "application", "session_parameters", "autocommit", "enable_connection_diag",
	"connection_diag_log_path", "connection_diag_allowlist_path", "tracing", "paramstyle", "timezone", "validate_default_parameters",
	"json_result_force_utf8_decoding", "proxy_host", "proxy_port", "proxy_user", "proxy_password", "no_proxy", "consent_cache_id_token",
	"disable_console_login", "generate_jwt", "oauth_disable_pkce", "max_connection_pool", "ocsp_response_cache_filename",
	"private_link", "protocol_version", "connection_timeout", "query_timeout", "client_prefetch_threads", "log_level", "log_path",
}

// fieldOf returns the field of a key in any of its spellings.
func fieldOf(name string) (field, bool) {
	name = strings.ToLower(name)
	for _, f := range fields() {
		if slices.Contains(f.names, name) {
			return f, true
		}
	}
	return field{}, false
}

func setPort(p *Profile, value string) message.Message {
	port, err := strconv.ParseUint(strings.TrimSpace(value), 10, 16)
	if err != nil || port == 0 {
		return message.New("failure.profile.a_port")
	}
	p.Port = int(port)
	return message.Message{}
}

func setBool(to *bool, value string) message.Message {
	switch strings.ToLower(value) {
	case "true", "1", "yes":
		*to = true
	case "false", "0", "no", "":
		*to = false
	default:
		return message.New("failure.profile.a_switch")
	}
	return message.Message{}
}

// Location returns the file and the line, or that it is the environment.
func (p Profile) Location() message.Message {
	if p.File == "" {
		return message.New("failure.profile.environment")
	}
	return message.Verbatim(fmt.Sprintf("%s:%d", p.File, p.Line))
}

// Err returns the first fatal problem as an error.
func (p Profile) Err() error {
	for _, problem := range p.Problems {
		if problem.Fatal {
			return message.NewError("failure.profile.unusable", "name", p.Name, "message", problem.Message, "fix", problem.Fix)
		}
	}
	return nil
}
