package credential

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/youmark/pkcs8"
)

// must returns value and panics if err is not nil.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// TestBinaryKey checks that a private key in DER is recognized under any name, and that no other
// DER file is.
func TestBinaryKey(t *testing.T) {
	t.Parallel()
	rsaKey := must(rsa.GenerateKey(rand.Reader, 2048))
	curveKey := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	_, edKey, _ := ed25519.GenerateKey(rand.Reader)
	from := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "a"}, NotAfter: time.Now().Add(time.Hour)}
	digest := sha256.Sum256(nil)
	list := &x509.RevocationList{Number: big.NewInt(1), NextUpdate: time.Now().Add(time.Hour)}
	issuer := &x509.Certificate{Subject: from.Subject, KeyUsage: x509.KeyUsageCRLSign, SubjectKeyId: []byte{1}}
	files := map[string]struct {
		data []byte
		key  bool
	}{
		"PKCS #1":                 {x509.MarshalPKCS1PrivateKey(rsaKey), true},
		"PKCS #8 of RSA":          {must(x509.MarshalPKCS8PrivateKey(rsaKey)), true},
		"PKCS #8 of a curve":      {must(x509.MarshalPKCS8PrivateKey(curveKey)), true},
		"PKCS #8 of Ed25519":      {must(x509.MarshalPKCS8PrivateKey(edKey)), true},
		"PKCS #8, encrypted":      {must(pkcs8.MarshalPrivateKey(rsaKey, []byte("pass-phrase"), nil)), true},
		"SEC 1":                   {must(x509.MarshalECPrivateKey(curveKey)), true},
		"a key and a line's end":  {append(x509.MarshalPKCS1PrivateKey(rsaKey), '\n'), true},
		"a store of Java":         {[]byte("\xfe\xed\xfe\xed\x00\x00\x00\x02"), true},
		"a certificate":           {must(x509.CreateCertificate(rand.Reader, from, from, &rsaKey.PublicKey, rsaKey)), false},
		"a public key":            {must(x509.MarshalPKIXPublicKey(&curveKey.PublicKey)), false},
		"a public key of PKCS #1": {x509.MarshalPKCS1PublicKey(&rsaKey.PublicKey), false},
		"a request":               {must(x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{}, curveKey)), false},
		"a list of revocations":   {must(x509.CreateRevocationList(rand.Reader, list, issuer, curveKey)), false},
		"a signature":             {must(ecdsa.SignASN1(rand.Reader, curveKey, digest[:])), false},
		"a digest": {must(asn1.Marshal(struct {
			A pkix.AlgorithmIdentifier
			D []byte
		}{pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}}, digest[:]})), false},
		"nine numbers": {must(asn1.Marshal([]int{0, 35, 3, 4, 5, 6, 7, 8, 9})), false},
		"zeros":        {must(asn1.Marshal(make([]int, 9))), false},
		"a number and bytes": {must(asn1.Marshal(struct {
			N int
			B []byte
		}{1, digest[:]})), false},
		"digits":                {[]byte("0,1,2\n0,3,4\n"), false},
		"a key that is cut off": {x509.MarshalPKCS1PrivateKey(rsaKey)[:300], false},
		"nothing":               {nil, false},
	}
	for what, file := range files {
		for _, name := range []string{"config.json", "logo.png", "LICENSE", "data/notes.csv"} {
			if got := KeyIn(name, file.data); (got == PrivateKey) != file.key || got == ServiceAccount {
				t.Errorf("KeyIn of %s in %s = %q", what, name, got)
			}
		}
	}
}

// TestBinaryKeyOfOpenSSL checks keys, stores and certificates written by openssl.
func TestBinaryKeyOfOpenSSL(t *testing.T) {
	t.Parallel()
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("needs openssl")
	}
	dir := t.TempDir()
	for _, step := range []struct {
		out  string
		key  bool
		args []string
	}{
		{"rsa.pem", true, []string{"genpkey", "-algorithm", "RSA", "-out", "rsa.pem"}},
		{"ed448.der", true, []string{"genpkey", "-algorithm", "ED448", "-outform", "DER", "-out", "ed448.der"}},
		{"pss.der", true, []string{"genpkey", "-algorithm", "RSA-PSS", "-outform", "DER", "-out", "pss.der"}},
		{"v2.der", true, []string{"pkcs8", "-topk8", "-in", "rsa.pem", "-passout", "pass:abcd", "-v2", "aes-256-cbc", "-outform", "DER", "-out", "v2.der"}},
		{"v1.der", true, []string{"pkcs8", "-topk8", "-in", "rsa.pem", "-passout", "pass:abcd", "-v1", "PBE-SHA1-3DES", "-outform", "DER", "-out", "v1.der"}},
		{"ec.der", true, []string{"ecparam", "-name", "secp384r1", "-genkey", "-noout", "-outform", "DER", "-out", "ec.der"}},
		{"cert.pem", false, []string{"req", "-x509", "-key", "rsa.pem", "-subj", "/CN=a", "-out", "cert.pem"}},
		{"cert.der", false, []string{"x509", "-in", "cert.pem", "-outform", "DER", "-out", "cert.der"}},
		{"store", true, []string{"pkcs12", "-export", "-inkey", "rsa.pem", "-in", "cert.pem", "-passout", "pass:abcd", "-out", "store"}},
		{"chain.p7b", false, []string{"crl2pkcs7", "-nocrl", "-certfile", "cert.pem", "-outform", "DER", "-out", "chain.p7b"}},
	} {
		cmd := exec.CommandContext(t.Context(), openssl, step.args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v: %v\n%s", step.args, err, out)
			continue
		}
		if got := KeyIn("config.dat", must(os.ReadFile(filepath.Join(dir, step.out)))); (got == PrivateKey) != step.key {
			t.Errorf("KeyIn of %s = %q", step.out, got)
		}
	}
}
