package credential

import (
	"encoding/base64"
	"strings"
	"testing"
)

func inBase64(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

func TestKeyIn(t *testing.T) {
	t.Parallel()
	const begin, end = "-----BEGIN ", "-----\nAAAA\n"
	for _, test := range []struct {
		name, data string
		want       KeyKind
	}{
		{"rsa_key.p8", begin + "PRIVATE KEY" + end, PrivateKey},
		{"rsa_key.p8", begin + "ENCRYPTED PRIVATE KEY" + end, PrivateKey},
		{"rsa_key.p8", "0\x82\x04\xbd", PrivateKey},
		{"keys/server.PEM", begin + "RSA PRIVATE KEY" + end, PrivateKey},
		{"both.pem", begin + "CERTIFICATE" + end + begin + "EC PRIVATE KEY" + end, PrivateKey},
		{"id_rsa", begin + "OPENSSH PRIVATE KEY" + end, PrivateKey},
		{"key.ppk", "PuTTY-User-Key-File-3: ssh-rsa\n", PrivateKey},
		{"notes.txt", begin + "PRIVATE KEY" + end, PrivateKey},
		{"store.p12", "0\x82\x04\xbd", PrivateKey},
		{"service_account.json", `{"private_key":"x"}`, ServiceAccount},
		{"gcp.json", "{\n  \"type\": \"service_account\",\n  \"private_key\": \"" + begin + "PRIVATE KEY-----\\nAAAA\"\n}", ServiceAccount},
		{"notes.txt", "\xff\xfe-\x00-\x00-\x00-\x00-\x00B\x00E\x00G\x00I\x00N\x00 \x00P\x00R\x00I\x00V\x00A\x00T\x00E\x00 \x00K\x00E\x00Y\x00-\x00-\x00-\x00-\x00-\x00", PrivateKey},
		{"secret.txt", "tls.key: " + inBase64(begin+"PRIVATE KEY"+end) + "\n", PrivateKey},
		{"lines.txt", inBase64(begin + "PRIVATE KEY" + end)[:20] + "\r\n  " + inBase64(begin + "PRIVATE KEY" + end)[20:], PrivateKey},
		{"chain.txt", inBase64(begin + "CERTIFICATE" + end), ""},
		{"template.json", `{"private_key": "<paste it here>", "private_key_id": "x"}`, ""},
		{"data.json", `{"public_key": "x", "key": "private_key"}`, ""},
		{"cert.pem", begin + "CERTIFICATE" + end, ""},
		{"rsa_key.pub", begin + "PUBLIC KEY" + end, ""},
		{"slides.key", "PK\x03\x04", ""},
		{"empty.p8", "", ""},
		{"readme.txt", "a private key", ""},
		{"config.json", "{\n  \"tls\": \"" + begin + "PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG\"\n}", PrivateKey},
		{"help.json", `{"hint": "begins with -----BEGIN PRIVATE KEY-----"}`, ""},
		{"wide.txt", "\x00\x00\xfe\xff" + strings.Join(strings.Split("\x00"+begin+"PRIVATE KEY"+end, ""), "\x00\x00\x00")[1:], PrivateKey},
	} {
		if got := KeyIn(test.name, []byte(test.data)); got != test.want {
			t.Errorf("KeyIn(%s, %.30q) = %q, want %q", test.name, test.data, got, test.want)
		}
		if test.want != "" && !MayHoldKey(test.name) {
			t.Errorf("MayHoldKey(%s) = false, want true", test.name)
		}
	}
	for _, name := range []string{"app.py", "logo.png", ".env", "data.csv", "environment.yml"} {
		if MayHoldKey(name) {
			t.Errorf("MayHoldKey(%s) = true, want false", name)
		}
	}
}
