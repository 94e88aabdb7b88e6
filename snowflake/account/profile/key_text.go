package profile

import (
	"bytes"
	"crypto/x509/pkix"
	"encoding/asn1"
	"regexp"
	"strings"
	"unicode/utf16"
)

// keyText is the text of a key as UTF-8 without the mark that some editors begin it with.
func keyText(data []byte) []byte {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) { // What PowerShell writes.
		units := make([]uint16, 0, len(data)/2)
		for i := 2; i+1 < len(data); i += 2 {
			units = append(units, uint16(data[i])|uint16(data[i+1])<<8)
		}
		return []byte(string(utf16.Decode(units)))
	}
	return bytes.TrimPrefix(data, []byte("\ufeff"))
}

// inLines puts PEM into lines again whose line ends have become blanks, as a variable of a build
// service holds it.
func inLines(text string) string {
	parts := regexp.MustCompile(`(?s)(-----BEGIN [A-Z ]+-----)(.*?)(-----END [A-Z ]+-----)`).FindStringSubmatch(text)
	if parts == nil {
		return text
	}
	// An old encryption has two headers of its own before the key.
	head := ""
	body := parts[2]
	if old := regexp.MustCompile(`(?s)^\s*(Proc-Type: \S+)\s+(DEK-Info: \S+)\s+(.*)$`).FindStringSubmatch(body); old != nil {
		head, body = old[1]+"\n"+old[2]+"\n\n", old[3]
	}
	return parts[1] + "\n" + head + strings.Join(strings.Fields(body), "\n") + "\n" + parts[3] + "\n"
}

// oldCipher names the encryption of a PKCS #8 key that is not of the kind in use since the year
// 2000, PBES2; empty for PBES2.
// https://www.rfc-editor.org/rfc/rfc8018#appendix-A.3
func oldCipher(der []byte) string {
	var key struct {
		Algorithm pkix.AlgorithmIdentifier
		Data      []byte
	}
	if _, err := asn1.Unmarshal(der, &key); err != nil {
		return ""
	}
	switch id := key.Algorithm.Algorithm.String(); {
	case id == "1.2.840.113549.1.5.13":
		return ""
	case strings.HasPrefix(id, "1.2.840.113549.1.5."), strings.HasPrefix(id, "1.2.840.113549.1.12.1."):
		return "PBES1"
	default:
		return id
	}
}
