package profile

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"regexp"
	"strings"
)

// restoreLines restores the lines of PEM whose line breaks became spaces, as in the variables of a build service.
func restoreLines(text string) string {
	parts := regexp.MustCompile(`(?s)(-----BEGIN [A-Z ]+-----)(.*?)(-----END [A-Z ]+-----)`).FindStringSubmatch(text)
	if parts == nil {
		return text
	}
	// The old encryption has two headers of its own before the key.
	head := ""
	body := parts[2]
	if old := regexp.MustCompile(`(?s)^\s*(Proc-Type: \S+)\s+(DEK-Info: \S+)\s+(.*)$`).FindStringSubmatch(body); old != nil {
		head, body = old[1]+"\n"+old[2]+"\n\n", old[3]
	}
	return parts[1] + "\n" + head + strings.Join(strings.Fields(body), "\n") + "\n" + parts[3] + "\n"
}

// unsupportedCipher returns the encryption of a PKCS #8 key that sleet does not decrypt: one older than PBES2, which is in
// use since 2000, or one that would take too much time or memory. It returns "" for any other key.
// https://www.rfc-editor.org/rfc/rfc8018#appendix-A.3
func unsupportedCipher(der []byte) string {
	var key struct {
		Algorithm pkix.AlgorithmIdentifier
		Data      []byte
	}
	if _, err := asn1.Unmarshal(der, &key); err != nil {
		return ""
	}
	switch id := key.Algorithm.Algorithm.String(); {
	case id == "1.2.840.113549.1.5.13":
		return expensiveKDF(key.Algorithm.Parameters.FullBytes)
	case strings.HasPrefix(id, "1.2.840.113549.1.5."), strings.HasPrefix(id, "1.2.840.113549.1.12.1."):
		return "PBES1"
	default:
		return id
	}
}

// The limits for decrypting a key: seconds, and as much memory as a login. OpenSSL uses 2048 rounds, or scrypt with 16
// MB.
const (
	maxRounds = 10_000_000
	maxMemory = 1 << 28
)

// expensiveKDF returns the key derivation of a PBES2 key that is too expensive, or "".
// https://www.rfc-editor.org/rfc/rfc7914#section-7
func expensiveKDF(pbes2 []byte) string {
	var scheme struct{ Derivation, Encryption pkix.AlgorithmIdentifier }
	if _, err := asn1.Unmarshal(pbes2, &scheme); err != nil {
		return ""
	}
	params := scheme.Derivation.Parameters.FullBytes
	switch scheme.Derivation.Algorithm.String() {
	case "1.2.840.113549.1.5.12":
		var rounds struct {
			Salt  []byte
			Count *big.Int
			Rest  asn1.RawValue `asn1:"optional"`
			Hash  asn1.RawValue `asn1:"optional"`
		}
		if _, err := asn1.Unmarshal(params, &rounds); err == nil && rounds.Count.Cmp(big.NewInt(maxRounds)) > 0 {
			return "PBKDF2, " + rounds.Count.String() + " rounds"
		}
	case "1.3.6.1.4.1.11591.4.11":
		var scrypt struct {
			Salt              []byte
			N, Block, Threads *big.Int
			Length            asn1.RawValue `asn1:"optional"`
		}
		if _, err := asn1.Unmarshal(params, &scrypt); err == nil {
			work := new(big.Int).Mul(new(big.Int).Mul(scrypt.N, scrypt.Block), scrypt.Threads)
			if work.Cmp(big.NewInt(maxMemory>>7)) > 0 { // 128 bytes each
				return "scrypt, N = " + scrypt.N.String()
			}
		}
	}
	return ""
}
