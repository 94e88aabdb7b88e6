package credential

import (
	"bytes"
	"encoding/base64"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/snowflake/safely"
)

// KeyKind is a kind of file that holds a private key.
type KeyKind string

// The kinds of files with a private key.
const (
	// PrivateKey is a plain key file, as openssl and ssh-keygen write it.
	PrivateKey KeyKind = "key"
	// ServiceAccount is a JSON file with a private key, as Google Cloud issues it.
	// https://cloud.google.com/iam/docs/keys-create-delete
	ServiceAccount KeyKind = "account"
)

// MaxKeyFile is the maximum size of a file that holds only a key, in bytes.
const MaxKeyFile = 64 << 10

var (
	// pemKey matches the header of any kind of private key in PEM:
	// https://www.rfc-editor.org/rfc/rfc7468
	pemKey = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----`)
	})
	// pemBody matches a private key in source code: the header and the first characters.
	pemBody = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\n|["'+])+[A-Za-z0-9+/=]{16}`)
	})
	// jsonKey matches a private key in JSON, but not a placeholder.
	jsonKey = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`"private_?[kK]ey"\s*:\s*"[^"<{$\s]`) })
)

// MayHoldKey reports whether files with such a name may hold a private key, so that their content
// should be checked.
func MayHoldKey(name string) bool {
	name = strings.ToLower(path.Base(name))
	switch path.Ext(name) {
	case ".p8", ".pem", ".key", ".pk8", ".pkcs8", ".ppk", ".p12", ".pfx", ".jks", ".json", ".txt", ".rsa", "":
		return !strings.HasPrefix(name, ".")
	}
	return slices.Contains([]string{"id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"}, name)
}

// KeyIn returns the kind of private key that a file holds, "" if none. Certificates and public keys
// do not count.
func KeyIn(name string, data []byte) KeyKind {
	name, data = strings.ToLower(path.Base(name)), safely.UTF8(data)
	ext, inPEM := path.Ext(name), pemKey().Match
	switch {
	case len(data) == 0:
		return ""
	case binaryKey(data), data[0] == 0x30 && slices.Contains([]string{".p8", ".pk8", ".pkcs8", ".p12", ".pfx"}, ext):
		return PrivateKey
	case ext == ".json" && jsonKey().Match(data):
		return ServiceAccount
	case ext == ".json": // It may mention a PEM header without having a key.
		inPEM = pemBody().Match
	}
	if inPEM(data) || inPEM(pemInBase64(data)) || bytes.HasPrefix(data, []byte("PuTTY-User-Key-File-")) {
		return PrivateKey
	}
	return ""
}

// KeyInCode reports whether source code contains a private key, or data is one. A PEM header alone,
// as in a comment, does not count.
func KeyInCode(text []byte) bool { return pemBody().Match(text) || binaryKey(text) }

// pemInBase64 decodes PEM that was encoded in base64 once more, with or without line breaks, as
// Kubernetes and CI services store files.
func pemInBase64(data []byte) []byte {
	at := bytes.Index(data, []byte("LS0tLS1CRUdJTi")) // -----BEGIN
	if at < 0 {
		return nil
	}
	var run []byte
	for _, c := range data[at:min(len(data), at+MaxKeyFile)] {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '+', c == '/':
			run = append(run, c)
			continue
		case c == '\n', c == '\r', c == ' ', c == '\t':
			continue
		}
		break
	}
	text, _ := base64.RawStdEncoding.DecodeString(string(run[:len(run)/4*4]))
	return text
}
