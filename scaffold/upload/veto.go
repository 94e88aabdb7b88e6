package upload

import (
	"bytes"
	"encoding/json"
	"path"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"sleet/scaffold"
	"sleet/scaffold/credential"
	"sleet/snowflake/safely"
)

// Kinds of credentials that files are or contain.
const (
	KeyFile         Reason = "private_key"
	ConnectionsFile Reason = "connections"
	AccountFile     Reason = "service_account"
	EnvironmentFile Reason = "environment"
	SecretValues    Reason = "secrets"
	// ValuesFile is the file that this run reads the secrets' values from.
	ValuesFile Reason = "values_file"
)

// CredentialFile reports whether a file name is that of a credential: a key, connections, values of
// secrets. The secrets.toml that sleet writes is not one.
func CredentialFile(file string) bool {
	return file != scaffold.SecretsFile && credentialFile(path.Base(file)) != ""
}

// credentialFile returns the kind of credential that a file name suggests, "" if none.
func credentialFile(name string) Reason {
	name = strings.ToLower(name)
	suffix, ext := path.Ext(name), func(all ...string) bool { return slices.Contains(all, path.Ext(name)) }
	switch {
	case ext(".p8", ".pem", ".key", ".p12", ".pfx", ".ppk", ".pk8", ".pkcs8", ".rsa", ".jks", ".keystore", ".kdbx", ".der"):
		return KeyFile
	case strings.HasPrefix(name, "id_") && slices.Contains([]string{"rsa", "dsa", "ecdsa", "ed25519", "ecdsa_sk", "ed25519_sk"}, name[len("id_"):]):
		return KeyFile
	case name == "connections.toml", name == "profiles.yml", name == "snowsql.cnf":
		return ConnectionsFile
	case suffix == ".env", suffix == ".envrc", strings.HasPrefix(name, ".env"), name == ".netrc", name == "_netrc", name == ".pgpass", name == ".pypirc":
		return EnvironmentFile
	case strings.HasPrefix(name, "secrets") && ext(".toml", ".json", ".yml", ".yaml", ".ini"), strings.HasPrefix(name, "credentials") && ext(".toml", ".json", ".ini", ""):
		return SecretValues
	case ext(".json") && (strings.Contains(name, "service_account") || strings.Contains(name, "service-account")):
		return AccountFile
	}
	return ""
}

// credentialInFile returns the kind of credential that a file contains, "" if none.
func credentialInFile(name string, data []byte) Reason {
	data = safely.UTF8(data)
	switch path.Ext(strings.ToLower(name)) {
	case ".py":
		if credential.KeyInCode(data) {
			return KeyInCode
		}
		return ""
	case ".json":
		if kind := credentialInJSON(data); kind != "" {
			return kind
		}
	case ".toml":
		if kind := credentialInTOML(data); kind != "" {
			return kind
		}
	}
	switch credential.KeyIn(name, data) {
	case credential.PrivateKey:
		return KeyFile
	case credential.ServiceAccount:
		return AccountFile
	}
	return ""
}

// credentialInJSON recognizes the keys of service accounts and of authorized users.
// https://cloud.google.com/iam/docs/keys-create-delete
func credentialInJSON(data []byte) Reason {
	var file map[string]any
	if !bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) || json.Unmarshal(data, &file) != nil {
		return ""
	}
	for _, key := range []string{"private_key", "client_secret", "refresh_token"} {
		if text, ok := file[key].(string); ok && text != "" {
			return AccountFile
		}
	}
	if file["type"] == "service_account" {
		return AccountFile
	}
	return ""
}

// credentialInTOML recognizes Snowflake connections and values that look like credentials.
func credentialInTOML(data []byte) Reason {
	var file map[string]any
	if safely.CheckTOML(data) != nil || toml.Unmarshal(data, &file) != nil {
		return ""
	}
	for _, value := range file {
		tables, _ := value.(map[string]any)
		for _, table := range []any{tables, anyTable(tables)} {
			if t, ok := table.(map[string]any); ok && t["account"] != nil && (t["password"] != nil || t["token"] != nil || t["private_key_raw"] != nil) {
				return ConnectionsFile
			}
		}
	}
	if tomlCredential(nil, file) {
		return SecretValues
	}
	return ""
}

// anyTable returns a table among the values of a table.
func anyTable(tables map[string]any) any {
	for _, t := range tables {
		if _, ok := t.(map[string]any); ok {
			return t
		}
	}
	return nil
}

// tomlCredential reports whether a TOML value, or a nested one, looks like a credential.
func tomlCredential(names []string, value any) bool {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			if tomlCredential(append(slices.Clip(names), key), inner) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v, func(inner any) bool { return tomlCredential(names, inner) })
	default:
		return len(names) > 0 && !credential.InValue(names, v).IsZero()
	}
	return false
}

// publicKey reports whether a file with the name of a key contains only certificates or public
// keys.
func publicKey(name string, data []byte) bool {
	return credentialFile(path.Base(name)) == KeyFile && bytes.Contains(data, []byte("-----BEGIN ")) && credential.KeyIn(name, data) == ""
}
