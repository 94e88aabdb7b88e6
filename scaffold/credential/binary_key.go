package credential

import (
	"bytes"
	"encoding/asn1"
	"math/big"
	"slices"
)

// binaryKey reports whether data begins with a private key in DER (PKCS #1, PKCS #8, plain or
// encrypted, SEC 1 or a PKCS #12 store) or with a Java key store. It checks only the structure,
// which certificates and other DER files do not have, because Go may not support the key's
// algorithm.
func binaryKey(data []byte) bool {
	if bytes.HasPrefix(data, []byte("\xfe\xed\xfe\xed")) {
		return true
	}
	if len(data) == 0 || data[0] != asn1.TagSequence|constructed {
		return false
	}
	return rsaKey(data) || pkcs8Key(data) || encryptedKey(data) || ecKey(data) || keyStore(data)
}

// constructed is the tag bit of a value that contains other values.
const constructed = 0x20

// algorithm is an AlgorithmIdentifier. https://www.rfc-editor.org/rfc/rfc5280#section-4.1.1.2
type algorithm struct {
	Name       asn1.ObjectIdentifier
	Parameters asn1.RawValue `asn1:"optional"`
}

// rsaKey recognizes an RSAPrivateKey: its modulus is the product of its primes.
// https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.2
func rsaKey(data []byte) bool {
	var key struct {
		Version                         int
		Modulus, Public, Private, P, Q  *big.Int
		PrivateP, PrivateQ, Coefficient *big.Int
		More                            asn1.RawValue `asn1:"optional"`
	}
	if _, err := asn1.Unmarshal(data, &key); err != nil {
		return false
	}
	if key.Version == 1 { // It has more than two primes.
		return len(key.More.FullBytes) > 0
	}
	bits := key.Modulus.BitLen() // Multiplying numbers of any length would take too long.
	return key.Version == 0 && bits > 0 && bits <= 8*MaxKeyFile && key.P.BitLen() <= bits && key.Q.BitLen() <= bits &&
		key.Modulus.Cmp(new(big.Int).Mul(key.P, key.Q)) == 0
}

// pkcs8Key recognizes a PrivateKeyInfo. https://www.rfc-editor.org/rfc/rfc5958
func pkcs8Key(data []byte) bool {
	var key struct {
		Version    int
		Algorithm  algorithm
		Key        []byte
		Attributes asn1.RawValue `asn1:"optional,tag:0"`
		Public     asn1.RawValue `asn1:"optional,tag:1"`
	}
	_, err := asn1.Unmarshal(data, &key)
	return err == nil && key.Version <= 1 && len(key.Key) > 0
}

// encryptedKey recognizes an EncryptedPrivateKeyInfo by its password-based encryption algorithm,
// because a digest has the same structure.
// https://www.rfc-editor.org/rfc/rfc8018#appendix-A.3 and https://www.rfc-editor.org/rfc/rfc7292#appendix-C
func encryptedKey(data []byte) bool {
	var key struct {
		Algorithm algorithm
		Key       []byte
	}
	if _, err := asn1.Unmarshal(data, &key); err != nil || len(key.Key) == 0 {
		return false
	}
	name := key.Algorithm.Name
	return slices.ContainsFunc([]asn1.ObjectIdentifier{{1, 2, 840, 113549, 1, 5}, {1, 2, 840, 113549, 1, 12, 1}}, func(family asn1.ObjectIdentifier) bool {
		return len(name) > len(family) && name[:len(family)].Equal(family)
	})
}

// ecKey recognizes an ECPrivateKey with a curve or a public key. Without either it is just a number
// and some bytes.
// https://www.rfc-editor.org/rfc/rfc5915
func ecKey(data []byte) bool {
	var key struct {
		Version int
		Key     []byte
		Curve   asn1.RawValue `asn1:"optional,explicit,tag:0"`
		Public  asn1.RawValue `asn1:"optional,explicit,tag:1"`
	}
	_, err := asn1.Unmarshal(data, &key)
	return err == nil && key.Version == 1 && len(key.Key) > 0 && len(key.Curve.FullBytes)+len(key.Public.FullBytes) > 0
}

// keyStore recognizes a PFX: its version is 3 and its content type is one of PKCS #7.
// https://www.rfc-editor.org/rfc/rfc7292#section-4
func keyStore(data []byte) bool {
	var store struct {
		Version int
		Content struct {
			Type asn1.ObjectIdentifier
			Data asn1.RawValue `asn1:"optional,explicit,tag:0"`
		}
		Mac asn1.RawValue `asn1:"optional"`
	}
	_, err := asn1.Unmarshal(data, &store)
	kind := asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7}
	return err == nil && store.Version == 3 && len(store.Content.Type) == len(kind)+1 && store.Content.Type[:len(kind)].Equal(kind) //nolint:mnd // The only one.
}
