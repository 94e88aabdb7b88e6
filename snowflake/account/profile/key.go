package profile

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"strings"

	"github.com/youmark/pkcs8"

	"sleet/snowflake"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// ErrKeyDecrypt replaces the parser's own error, which may contain parts of the key.
var ErrKeyDecrypt = message.NewError("failure.profile.key_shut")

// maxKeySize is the maximum size in bytes of a key or a token.
const maxKeySize = 1 << 20

// ResolvePrivateKey returns the private key, decrypted because the driver accepts no other. It asks for the passphrase
// if necessary.
func (p *Profile) ResolvePrivateKey(ctx context.Context, ask Ask) (*rsa.PrivateKey, error) {
	data, name := []byte(p.PrivateKey.Reveal()), "private_key_raw"
	if p.PrivateKeyFile != "" {
		name = safely.Visible(p.PrivateKeyFile)
		var err error
		if data, err = safely.ReadFile(expand(p.PrivateKeyFile), maxKeySize); err != nil {
			return nil, message.Wrap(err, "failure.profile.key_unread")
		}
	}
	block := keyBlock(safely.UTF8(data))
	if block == nil {
		return nil, message.NewError("failure.profile.key_no_pem", "key", name)
	}
	var key any
	var err error
	switch {
	case block.Type == "PRIVATE KEY":
		key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	case block.Type == "ENCRYPTED PRIVATE KEY" && unsupportedCipher(block.Bytes) != "":
		in, out := "OLD", "NEW"
		if p.PrivateKeyFile != "" {
			in, out = shellQuote(safely.Visible(p.PrivateKeyFile)), shellQuote(safely.Visible(p.PrivateKeyFile)+".new")
		}
		return nil, message.NewError("failure.profile.key_old", "key", name, "cipher", unsupportedCipher(block.Bytes), "command", "openssl pkcs8 -topk8 -v2 aes256 -in "+in+" -out "+out)
	case block.Type == "ENCRYPTED PRIVATE KEY":
		key, err = p.decrypted(ctx, name, ask, func(phrase []byte) (any, error) {
			return pkcs8.ParsePKCS8PrivateKey(block.Bytes, phrase)
		})
	case block.Type == "RSA PRIVATE KEY" && block.Headers["DEK-Info"] != "":
		key, err = p.decrypted(ctx, name, ask, func(phrase []byte) (any, error) {
			//nolint:staticcheck // Deprecated, but such keys are still in use.
			der, err := x509.DecryptPEMBlock(block, phrase)
			if err != nil {
				return nil, err //nolint:wrapcheck // The caller ignores the error.
			}
			return x509.ParsePKCS1PrivateKey(der)
		})
	case block.Type == "RSA PRIVATE KEY":
		key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	default:
		return nil, message.NewError("failure.profile.key_other", "key", name, "type", safely.Visible(block.Type))
	}
	switch rsaKey, ok := key.(*rsa.PrivateKey); {
	case err == nil && ok:
		return rsaKey, nil
	case err == nil:
		return nil, message.NewError("failure.profile.key_no_rsa", "key", name)
	case strings.Contains(block.Type, "ENCRYPTED") || block.Headers["DEK-Info"] != "":
		return nil, err //nolint:wrapcheck // Our own error about the passphrase.
	}
	return nil, message.NewError("failure.profile.key_none", "key", name)
}

// keyBlock finds the key in a PEM file, in PEM with line breaks written as \n, as in variables, or as the bare base64
// or DER of a PKCS #8 key.
func keyBlock(data []byte) *pem.Block {
	if block, _ := pem.Decode(data); block != nil {
		return block
	}
	text := strings.ReplaceAll(string(data), `\n`, "\n")
	if block, _ := pem.Decode([]byte(text)); block != nil {
		return block
	}
	if block, _ := pem.Decode([]byte(restoreLines(text))); block != nil {
		return block
	}
	if _, err := x509.ParsePKCS8PrivateKey(data); err == nil {
		return &pem.Block{Type: "PRIVATE KEY", Bytes: data}
	}
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil || len(der) == 0 {
		return nil
	}
	return &pem.Block{Type: "PRIVATE KEY", Bytes: der}
}

// decrypted decrypts a key with the profile's passphrase, or with one that it asks for.
func (p *Profile) decrypted(ctx context.Context, name string, ask Ask, open func(phrase []byte) (any, error)) (any, error) {
	if p.Passphrase.Empty() {
		if ask == nil {
			return nil, message.NewError("failure.profile.key_encrypted", "variable", p.ownVariable("private_key_passphrase"))
		}
		secret, err := ask(ctx, message.New("failure.profile.ask_phrase", "key", name))
		if err != nil {
			return nil, err
		}
		p.Passphrase = snowflake.NewSecret(secret.Reveal())
	}
	key, err := open([]byte(p.Passphrase.Reveal()))
	if err != nil {
		return nil, ErrKeyDecrypt
	}
	return key, nil
}
