package browser

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"net/url"
	"strconv"
)

// SingleSignOn performs the EXTERNALBROWSER login. The account's page sends the browser through the identity provider
// and back with a token, which is valid only together with the proof.
// https://docs.snowflake.com/en/user-guide/admin-security-fed-auth-use#browser-based-sso
func (w Window) SingleSignOn(ctx context.Context, account *url.URL, user string) (token, proof string, err error) {
	random := make([]byte, 32) //nolint:mnd // The size that the driver uses.
	_, _ = rand.Read(random)   // It never fails.
	proof = base64.StdEncoding.EncodeToString(random)
	w.hide(proof)
	token, err = w.visit(ctx, "localhost:0", func(port int) string {
		page := *account
		page.Path = "/console/login"
		page.RawQuery = url.Values{"login_name": {user}, "browser_mode_redirect_port": {strconv.Itoa(port)}, "proof_key": {proof}}.Encode()
		return page.String()
	}, func(back url.Values) (string, error) { return back.Get("token"), nil })
	return token, proof, err
}
