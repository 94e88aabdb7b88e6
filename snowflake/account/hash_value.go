package account

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"flag"
	"fmt"
	"strings"

	"golang.org/x/crypto/scrypt"

	"sleet/snowflake"
)

const (
	hashR, hashP = 8, 1
	hashSize     = 32
	saltSize     = 16
)

// hashCost returns the cost of a hash: about a tenth of a second, so that somebody with a journal cannot guess weak
// values from it. In a process of `go test` hashes are cheap, because the tests of sleet start hundreds of runs; no
// caller can ask for that.
func hashCost(tested bool) int {
	if tested {
		return 2
	}
	return 1 << 15
}

// tested reports whether this is a process of `go test`, which registers its flags before anything runs.
func tested() bool { return flag.Lookup("test.v") != nil }

// HashValue returns what a journal stores of the value of a secret, with all its parts: enough to recognize the value,
// and nothing of the value itself.
func HashValue(parts ...snowflake.Secret) (string, error) {
	salt := make([]byte, saltSize, saltSize+hashSize)
	_, _ = rand.Read(salt) // It never fails.
	sum, err := hashOf(salt, parts)
	if err != nil {
		return "", err
	}
	return base64.RawStdEncoding.EncodeToString(append(salt, sum...)), nil
}

// MatchesHash reports whether a hash belongs to a value.
func MatchesHash(hash string, parts ...snowflake.Secret) bool {
	data, err := base64.RawStdEncoding.DecodeString(hash)
	if err != nil || len(data) != saltSize+hashSize {
		return false
	}
	sum, err := hashOf(data[:saltSize], parts)
	return err == nil && subtle.ConstantTimeCompare(sum, data[saltSize:]) == 1
}

func hashOf(salt []byte, parts []snowflake.Secret) ([]byte, error) {
	var all strings.Builder
	for _, p := range parts {
		fmt.Fprintf(&all, "%d:%s", len(p.Reveal()), p.Reveal())
	}
	return scrypt.Key([]byte(all.String()), salt, hashCost(tested()), hashR, hashP, hashSize) //nolint:wrapcheck // It fails for wrong parameters only.
}

// valueOf returns the parts of a value; ok is false if one is missing.
func valueOf(slots []snowflake.Slot, value func(snowflake.Slot) (snowflake.Secret, bool)) (parts []snowflake.Secret, ok bool) {
	for _, slot := range slots {
		secret, given := value(slot)
		if !given {
			return nil, false
		}
		parts = append(parts, secret)
	}
	return parts, len(parts) > 0
}

// NewValues returns the keys of the secrets with a value to send. A value that the account has already, according to
// the journal, is not sent again.
func NewValues(
	objects []snowflake.Resource, account snowflake.Account, h History, value func(snowflake.Slot) (snowflake.Secret, bool),
) map[string]bool {
	given := map[string]bool{}
	for _, x := range objects {
		if x.Key == "" || len(x.Slots()) == 0 {
			continue
		}
		parts, ok := valueOf(x.Slots(), value)
		if !ok {
			continue
		}
		known := account.Found[x.Ref].Presence == snowflake.Present && h.Marks[x.Key] != ""
		given[x.Key] = !known || !MatchesHash(h.Marks[x.Key], parts...)
	}
	return given
}
