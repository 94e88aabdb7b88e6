package profile

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"strings"
	"testing"

	"github.com/youmark/pkcs8"

	"sleet/snowflake"
)

// FuzzKey reads any text as a private key. What fails says so in words that hold nothing of the text.
func FuzzKey(f *testing.F) {
	key, err := rsa.GenerateKey(rand.Reader, 1024) //nolint:gosec // It is short so that the fuzzer mutates it fast.
	if err != nil {
		f.Fatal(err)
	}
	plain, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		f.Fatal(err)
	}
	locked, err := pkcs8.MarshalPrivateKey(key, []byte("phrase"), nil)
	if err != nil {
		f.Fatal(err)
	}
	for kind, der := range map[string][]byte{"PRIVATE KEY": plain, "ENCRYPTED PRIVATE KEY": locked, "RSA PRIVATE KEY": x509.MarshalPKCS1PrivateKey(key), "EC PRIVATE KEY": plain} {
		text := string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
		f.Add(text)
		f.Add(strings.ReplaceAll(text, "\n", `\n`))
		f.Add(base64.StdEncoding.EncodeToString(der))
		f.Add(string(der))
	}
	f.Add("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: DES-EDE3-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n")
	f.Fuzz(func(t *testing.T, text string) {
		if costly(text) {
			t.Skip()
		}
		p := Profile{Name: "x", PrivateKey: snowflake.NewSecret(text), Passphrase: snowflake.NewSecret("phrase")}
		got, err := p.LogInKey(t.Context(), nil)
		if (got == nil) == (err == nil) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
		if err != nil && len(text) > 40 && strings.Contains(err.Error(), text[8:40]) {
			t.Errorf("the error shows the key: %v", err)
		}
	})
}

// costly reports whether a text may ask for more rounds than a fuzzer has time for.
func costly(text string) bool { return len(text) > 1<<13 }
