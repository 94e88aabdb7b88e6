package session

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sleet/snowflake/account/query"

	sf "github.com/snowflakedb/gosnowflake/v2"
	"golang.org/x/crypto/ocsp"
)

// to returns a transport for a server.
func to(t *testing.T, address string, b bounds) *transport {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	port, _ := strconv.Atoi(u.Port())
	cfg := sf.Config{Account: "a", Host: u.Hostname(), Port: port, Protocol: u.Scheme}
	if err := addressed(&cfg); err != nil {
		t.Fatal(err)
	}
	carrier, err := newTransport(cfg, b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(carrier.base.CloseIdleConnections)
	return carrier
}

// getBy sends a request like the driver, within a call.
func getBy(t *testing.T, carrier *transport, address string) (body string, err error) {
	t.Helper()
	return ask(t.Context(), "h", query.Awaited("SHOW"), func(ctx context.Context) (string, error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader("PASSWORD"))
		if err != nil {
			return "", err
		}
		resp, err := (&http.Client{Transport: carrier}).Do(r)
		if err != nil {
			return "", err
		}
		defer resp.Body.Close() //nolint:errcheck // Already read.
		data, err := io.ReadAll(resp.Body)
		return string(data), err
	})
}

func TestRedirect(t *testing.T) {
	t.Parallel()
	var other atomic.Int32
	there := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { other.Add(1) }))
	defer there.Close()
	here := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		code, _ := strconv.Atoi(r.URL.Query().Get("code"))
		if r.URL.Path == "/home" {
			_, _ = io.WriteString(w, "home")
			return
		}
		w.Header().Set("Location", r.URL.Query().Get("to"))
		w.WriteHeader(code)
	}))
	defer here.Close()
	carrier := to(t, here.URL, usualBounds)
	for _, target := range []string{there.URL + "/x", "//localhost:1/", "https://" + strings.TrimPrefix(here.URL, "http://"), "http://[::1", "gopher:x"} {
		for _, code := range []int{301, 302, 303, 307, 308} {
			_, err := getBy(t, carrier, here.URL+"/?code="+strconv.Itoa(code)+"&to="+url.QueryEscape(target))
			var f *query.Failure
			if !errors.As(err, &f) || !f.Final || f.Uncertain {
				t.Fatalf("%d to %s: %v", code, target, err)
			}
			if said := f.Error(); !strings.Contains(said, originOf(mustURL(t, here.URL))) || !strings.Contains(said, "redirects to") {
				t.Errorf("%d to %s: the error is %q", code, target, said)
			}
			if strings.HasPrefix(target, there.URL) && !strings.Contains(f.Error(), there.URL) {
				t.Errorf("%d to %s: the error does not name it: %q", code, target, f.Error())
			}
		}
	}
	if n := other.Load(); n != 0 {
		t.Errorf("the other host got %d requests", n)
	}
	if body, err := getBy(t, carrier, here.URL+"/?code=302&to=/home"); err != nil || body != "home" {
		t.Errorf("on the same host: %q, %v", body, err)
	}
}

func mustURL(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestBounds(t *testing.T) {
	t.Parallel()
	stop := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/never":
			select {
			case <-stop:
			case <-r.Context().Done():
			}
		case "/half":
			_, _ = io.WriteString(w, "{")
			_ = http.NewResponseController(w).Flush()
			select {
			case <-stop:
			case <-r.Context().Done():
			}
		case "/drip":
			for range 600 {
				_, _ = io.WriteString(w, " ")
				if http.NewResponseController(w).Flush() != nil || r.Context().Err() != nil {
					return
				}
				time.Sleep(20 * time.Millisecond)
			}
		case "/endless":
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
		}
	}))
	defer server.Close()
	defer close(stop)
	b := bounds{silence: 200 * time.Millisecond, answer: time.Second, aside: 100 * time.Millisecond, body: 1 << 20}
	carrier := to(t, server.URL, b)
	for path, want := range map[string]string{
		"/never": "did not respond in time", "/half": "did not respond in time", "/drip": "did not respond in time", "/endless": "larger than 1 MB",
	} {
		carrier := carrier
		if path == "/endless" { // a slow machine may need a while for a megabyte
			carrier = to(t, server.URL, bounds{silence: 20 * time.Second, answer: time.Minute, aside: time.Second, body: 1 << 20})
		}
		started := time.Now()
		_, err := getBy(t, carrier, server.URL+path)
		var f *query.Failure
		if !errors.As(err, &f) || !strings.Contains(f.Error(), want) || !f.Uncertain || !f.Final {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
		if took := time.Since(started); took > 3*time.Second && path != "/endless" {
			t.Errorf("%s took %s", path, took)
		}
	}
	// A request that the driver sends on its own gets an answer after which it does not retry.
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/never", http.NoBody)
	started := time.Now()
	resp, err := (&http.Client{Transport: carrier}).Do(r)
	if err != nil || resp.StatusCode != refused421 || time.Since(started) > time.Second {
		t.Fatalf("aside: %v, %v after %s", resp, err, time.Since(started))
	}
	_ = resp.Body.Close()
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	const rowtype = `"rowtype":[{"name":"a","type":"text"},{"name":"b","type":"text"}]`
	// A case: the answer, whether it is refused, and the direction of files, if the statement transfers any.
	type answer struct {
		data string
		bad  bool
		way  transfer
	}
	for name, c := range map[string]answer{
		"good":                 {`{"success":true,"data":{` + rowtype + `,"rowset":[["x",null],["y","z"]]}}`, false, ""},
		"no rows":              {`{"success":true,"data":{` + rowtype + `}}`, false, ""},
		"null":                 {`null`, false, ""},
		"not JSON":             {`<html>`, false, ""},
		"cut off":              {`{"data":{"rowset":[["x"`, false, ""},
		"a long row":           {`{"data":{` + rowtype + `,"rowset":[["x","y","z"]]}}`, true, ""},
		"a short row":          {`{"data":{` + rowtype + `,"rowset":[["x","y"],["x"]]}}`, true, ""},
		"an empty row":         {`{"data":{` + rowtype + `,"rowset":[[]]}}`, true, ""},
		"a row of null":        {`{"data":{` + rowtype + `,"rowset":[null]}}`, true, ""},
		"rows without columns": {`{"data":{"rowset":[["x"]]}}`, true, ""},
		"wrong types":          {`{"data":{"rowtype":{},"rowset":"x"}}`, true, ""},
		"other letters":        {`{"Data":{"ROWTYPE":[{}],"RowSet":[["x","y"]]}}`, true, ""},
		"a folder as stage":    {`{"data":{"command":"UPLOAD","src_locations":["a"],"stageInfo":{"locationType":"LOCAL_FS","location":"/tmp"}}}`, true, upload},
		"minus one transfer":   {`{"data":{"command":"UPLOAD","src_locations":["a"],"parallel":-1,"stageInfo":{"locationType":"S3"}}}`, true, upload},
		"two files for one":    {`{"data":{"command":"DOWNLOAD","src_locations":["a","b"],"stageInfo":{"locationType":"GCS"}}}`, true, download},
		"a big part":           {`{"data":{` + rowtype + `,"chunks":[{"url":"https://x/1","uncompressedSize":99999999999}]}}`, true, ""},
		"an upload":            {`{"data":{"command":"UPLOAD","src_locations":["/sleet-no-such-folder/a"],"parallel":4,"stageInfo":{"locationType":"GCS"}}}`, false, upload},
		"an upload for SHOW":   {`{"data":{"command":"UPLOAD","src_locations":["/sleet-no-such-folder/a"],"stageInfo":{"locationType":"GCS"}}}`, true, ""},
		"an upload for GET":    {`{"data":{"command":"UPLOAD","src_locations":["/home/me/.ssh/id_rsa"],"stageInfo":{"locationType":"S3"}}}`, true, download},
		"a download for PUT":   {`{"data":{"command":"DOWNLOAD","src_locations":["x/.bashrc"],"localLocation":"/home/me","stageInfo":{"locationType":"S3"}}}`, true, upload},
		"no command for PUT":   {`{"data":{"src_locations":["x"],"stageInfo":{"locationType":"S3"}}}`, true, upload},
		"another file":         {`{"data":{"command":"UPLOAD","src_locations":["/home/me/.ssh/id_rsa"],"stageInfo":{"locationType":"S3"}}}`, true, upload},
		"a way out":            {`{"data":{"command":"UPLOAD","src_locations":["/sleet-no-such-folder/../etc/passwd"],"stageInfo":{"locationType":"S3"}}}`, true, upload},
		"files by a pattern":   {`{"data":{"command":"UPLOAD","src_locations":["/etc/*"],"stageInfo":{"locationType":"S3"}}}`, true, upload},
		"no file":              {`{"data":{"command":"UPLOAD","src_locations":[],"stageInfo":{"locationType":"S3"}}}`, true, upload},
		"a download":           {`{"data":{"command":"DOWNLOAD","src_locations":["a"],"presignedUrls":["https://x"],"stageInfo":{"locationType":"GCS"}}}`, false, download},
	} {
		carrier := &transport{bounds: usualBounds}
		if err := carrier.check(withTransfer(t.Context(), c.way), "/queries/v1/query-request", []byte(c.data)); (err != nil) != c.bad {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := checkChunk([]byte(`["a","b"],["c"]`), 2, 1<<20); err == nil {
		t.Error("a part with a short row is taken")
	}
	if data, err := checkChunk([]byte(`["a","b"],["c",null]`), 2, 1<<20); err != nil || len(data) == 0 {
		t.Errorf("a part is refused: %v", err)
	}
}

// authority issues the certificates of a test, and answers requests about their status.
type authority struct {
	cert    *x509.Certificate
	key     crypto.Signer
	status  int
	asked   atomic.Int32
	address string
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	a := &authority{key: key}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test CA " + t.Name()}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	responder := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, _ := io.ReadAll(r.Body)
		question, err := ocsp.ParseRequest(data)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		a.asked.Add(1)
		reply, err := ocsp.CreateResponse(a.cert, a.cert, ocsp.Response{
			Status: a.status, SerialNumber: question.SerialNumber, IssuerHash: question.HashAlgorithm,
			ThisUpdate: time.Now().Add(-time.Minute), NextUpdate: time.Now().Add(time.Hour), RevokedAt: time.Now().Add(-time.Minute),
		}, a.key)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_, _ = w.Write(reply)
	}))
	t.Cleanup(responder.Close)
	a.address = responder.URL
	return a
}

func (a *authority) issue(t *testing.T, serial int64, name string, until time.Time) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-2 * time.Hour), NotAfter: until,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, OCSPServer: []string{a.address},
	}
	if ip := net.ParseIP(name); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{name}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// TestCertificates checks that the driver's checks still work: of the chain, the name, the time, and the status that
// the authority reports.
func TestCertificates(t *testing.T) {
	// The driver first asks Snowflake's own cache, which is not reachable here.
	t.Setenv("SF_OCSP_RESPONSE_CACHE_SERVER_URL", "http://127.0.0.1:1/none")
	a := newAuthority(t)
	stranger := newAuthority(t)
	hour := time.Now().Add(time.Hour)
	for i, c := range []struct {
		name   string
		cert   tls.Certificate
		status int
		want   string
	}{
		{"good", a.issue(t, 11, "127.0.0.1", hour), ocsp.Good, ""},
		{"revoked", a.issue(t, 12, "127.0.0.1", hour), ocsp.Revoked, "revoked"},
		{"another name", a.issue(t, 13, "example.com", hour), ocsp.Good, "certificate"},
		{"expired", a.issue(t, 14, "127.0.0.1", time.Now().Add(-time.Hour)), ocsp.Good, "expired"},
		{"unknown authority", stranger.issue(t, 15, "127.0.0.1", hour), ocsp.Good, "unknown authority"},
	} {
		a.status = c.status
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") }))
		server.TLS = &tls.Config{Certificates: []tls.Certificate{c.cert}}
		server.Config.ErrorLog = log.New(io.Discard, "", 0)
		server.StartTLS()
		carrier := to(t, server.URL, usualBounds)
		carrier.base.TLSClientConfig.RootCAs = x509.NewCertPool()
		carrier.base.TLSClientConfig.RootCAs.AddCert(a.cert)
		before := a.asked.Load()
		body, err := getBy(t, carrier, server.URL)
		server.Close()
		switch {
		case c.want == "" && (err != nil || body != "hello"):
			t.Errorf("%s: %q, %v", c.name, body, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: the error is %v, want %q", c.name, err, c.want)
		case i < 2 && a.asked.Load() == before:
			t.Errorf("%s: the authority was not asked", c.name)
		}
	}
}

// TestOneTransport sends many requests of many sessions over few connections.
func TestOneTransport(t *testing.T) {
	t.Parallel()
	var opened atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = fmt.Fprint(w, "{}")
	}))
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	carrier := to(t, server.URL, usualBounds)
	for range 200 {
		// The driver, too, creates a client for each file.
		if _, err := getBy(t, carrier, server.URL+"/queries/v1/query-request"); err != nil {
			t.Fatal(err)
		}
	}
	if n := opened.Load(); n > 3 {
		t.Errorf("200 requests opened %d connections", n)
	}
}
