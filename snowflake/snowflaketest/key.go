package snowflaketest

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"time"
)

// checkKey verifies the JWT of a key pair login: RS256, issued for this user and key, and not expired. It returns the
// user, and the error code or "".
// https://docs.snowflake.com/en/developer-guide/sql-api/authenticating
func (a *Account) checkKey(token string) (*User, string) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return nil, "394306"
	}
	head, err0 := base64.RawURLEncoding.DecodeString(parts[0])
	var header struct {
		Algorithm string `json:"alg"`
	}
	if errors.Join(err0, json.Unmarshal(head, &header)) != nil {
		return nil, "394306"
	}
	if header.Algorithm != "RS256" {
		return nil, "394305"
	}
	payload, err1 := base64.RawURLEncoding.DecodeString(parts[1])
	signature, err2 := base64.RawURLEncoding.DecodeString(parts[2])
	var claims struct {
		Subject string  `json:"sub"`
		Issuer  string  `json:"iss"`
		Issued  float64 `json:"iat"`
		Expires float64 `json:"exp"`
	}
	if errors.Join(err1, err2, json.Unmarshal(payload, &claims)) != nil {
		return nil, "394306"
	}
	// ACCOUNT.USER, followed by the key's fingerprint in the issuer.
	_, name, _ := strings.Cut(claims.Subject, ".")
	user := a.users[strings.ToUpper(name)]
	if user == nil || user.Key == nil {
		return nil, "394300"
	}
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	now := float64(time.Now().Unix())
	switch {
	case claims.Issuer != claims.Subject+".SHA256:"+fingerprint(user.Key):
		return nil, "394304"
	case rsa.VerifyPKCS1v15(user.Key, crypto.SHA256, sum[:], signature) != nil:
		return nil, "394306"
	case claims.Issued > now+60:
		return nil, "394302"
	case claims.Expires < now:
		return nil, "394303"
	}
	return user, ""
}

// fingerprint returns the fingerprint of a public key, as DESCRIBE USER shows it after SHA256:.
func fingerprint(key *rsa.PublicKey) string {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(der)
	return base64.StdEncoding.EncodeToString(sum[:])
}
