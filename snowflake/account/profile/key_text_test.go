package profile

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"strings"
	"testing"
	"unicode/utf16"

	"sleet/snowflake"
	"sleet/snowflake/safely"
)

// TestOldCipher checks the command that is suggested for a key with an encryption that current clients do not write.
func TestOldCipher(t *testing.T) {
	t.Parallel()
	for oid, want := range map[string]string{
		"1.2.840.113549.1.12.1.3": "PBES1", "1.2.840.113549.1.5.3": "PBES1", "1.2.3.4": "1.2.3.4",
	} {
		var id asn1.ObjectIdentifier
		for part := range strings.SplitSeq(oid, ".") {
			n := 0
			for _, c := range part {
				n = 10*n + int(c-'0')
			}
			id = append(id, n)
		}
		der, err := asn1.Marshal(struct {
			Algorithm pkix.AlgorithmIdentifier
			Data      []byte
		}{pkix.AlgorithmIdentifier{Algorithm: id}, []byte("x")})
		if err != nil {
			t.Fatal(err)
		}
		p := Profile{Name: "x", PrivateKey: snowflake.NewSecret(string(pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: der}))), Passphrase: snowflake.NewSecret("phrase")}
		_, err = p.ResolvePrivateKey(t.Context(), nil)
		if err == nil || !strings.Contains(err.Error(), "is encrypted with "+want) || !strings.Contains(err.Error(), "openssl pkcs8 -topk8 -v2 aes256 -in OLD -out NEW") {
			t.Errorf("%s: ResolvePrivateKey: %v, want an error with the command", oid, err)
		}
	}
}

func TestKeyText(t *testing.T) {
	t.Parallel()
	wide := []byte("\xff\xfe")
	for _, unit := range utf16.Encode([]rune("-----BEGIN\r\n")) {
		wide = append(wide, byte(unit), byte(unit>>8))
	}
	for name, data := range map[string][]byte{"UTF-8 with a mark": []byte("\ufeff-----BEGIN\r\n"), "UTF-16": wide, "plain": []byte("-----BEGIN\r\n")} {
		if got := string(safely.UTF8(data)); got != "-----BEGIN\r\n" {
			t.Errorf("%s: UTF8 = %q", name, got)
		}
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{
		"pasword": "password", "acount": "account", "wharehouse": "warehouse", "private_key_fil": "private_key_file",
		"colour": "", "x": "", "totally_else": "",
	} {
		if got := nearest(key); got != want {
			t.Errorf("nearest(%q) = %q, want %q", key, got, want)
		}
	}
}
