package profile

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/youmark/pkcs8"

	"sleet/snowflake"
)

// FuzzKey reads arbitrary text as a private key. The error must not contain any of the text.
func FuzzKey(f *testing.F) {
	key, err := rsa.GenerateKey(rand.Reader, 1024)
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
	for _, how := range []pkcs8.KDFOpts{pkcs8.ScryptOpts{SaltSize: 8, CostParameter: 1 << 10, BlockSize: 8, ParallelizationParameter: 1}, pkcs8.PBKDF2Opts{SaltSize: 8, IterationCount: 100, HMACHash: crypto.SHA256}} {
		der, err := pkcs8.MarshalPrivateKey(key, []byte("phrase"), &pkcs8.Opts{Cipher: pkcs8.AES256CBC, KDFOpts: how})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(der))
	}
	f.Add("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: DES-EDE3-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n")
	f.Fuzz(func(t *testing.T, text string) {
		p := Profile{Name: "x", PrivateKey: snowflake.NewSecret(text), Passphrase: snowflake.NewSecret("phrase")}
		got, err := p.ResolvePrivateKey(t.Context(), nil)
		if (got == nil) == (err == nil) {
			t.Errorf("ResolvePrivateKey(%q) = %v, %v", text, got, err)
		}
		if err != nil && len(text) > 40 && strings.Contains(err.Error(), text[8:40]) {
			t.Errorf("the error contains the key: %v", err)
		}
	})
}

// encryptedKey returns a key encrypted with the given key derivation.
func encryptedKey(t *testing.T, derivation string, params any) string {
	t.Helper()
	algorithm := func(id string, params any) pkix.AlgorithmIdentifier {
		var a pkix.AlgorithmIdentifier
		for part := range strings.SplitSeq(id, ".") {
			n, err := strconv.Atoi(part)
			if err != nil {
				t.Fatal(err)
			}
			a.Algorithm = append(a.Algorithm, n)
		}
		var err error
		if a.Parameters.FullBytes, err = asn1.Marshal(params); err != nil {
			t.Fatal(err)
		}
		return a
	}
	aes := algorithm("2.16.840.1.101.3.4.1.42", make([]byte, 16))
	scheme := struct{ Derivation, Encryption pkix.AlgorithmIdentifier }{algorithm(derivation, params), aes}
	der, err := asn1.Marshal(struct {
		Algorithm pkix.AlgorithmIdentifier
		Data      []byte
	}{algorithm("1.2.840.113549.1.5.13", scheme), make([]byte, 64)})
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: der}))
}

// TestCostlyKey checks that a key that would take hours of work or all memory to decrypt is refused immediately.
func TestCostlyKey(t *testing.T) {
	t.Parallel()
	type rounds struct {
		Salt  []byte
		Count int
	}
	type scrypt struct {
		Salt              []byte
		N, Block, Threads int
	}
	salt := []byte("salt")
	for want, text := range map[string]string{
		"PBKDF2, 2147483647 rounds": encryptedKey(t, "1.2.840.113549.1.5.12", rounds{salt, 1<<31 - 1}),
		"scrypt, N = 1073741824":    encryptedKey(t, "1.3.6.1.4.1.11591.4.11", scrypt{salt, 1 << 30, 8, 1}),
		"scrypt, N = 16384":         encryptedKey(t, "1.3.6.1.4.1.11591.4.11", scrypt{salt, 1 << 14, 8, 1 << 20}),
		"2048 rounds":               encryptedKey(t, "1.2.840.113549.1.5.12", rounds{salt, 2048}),
		"16 MB":                     encryptedKey(t, "1.3.6.1.4.1.11591.4.11", scrypt{salt, 1 << 14, 8, 1}),
	} {
		p := Profile{Name: "x", PrivateKey: snowflake.NewSecret(text), Passphrase: snowflake.NewSecret("phrase")}
		started := time.Now()
		_, err := p.ResolvePrivateKey(t.Context(), nil)
		if strings.Contains(want, ", ") && (err == nil || !strings.Contains(err.Error(), want)) || !strings.Contains(want, ", ") && !errors.Is(err, ErrKeyDecrypt) {
			t.Errorf("ResolvePrivateKey: %v, want %s", err, want)
		}
		if took := time.Since(started); took > 10*time.Second {
			t.Errorf("%s: took %v, want at most 10s", want, took)
		}
	}
}
