package session

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"sleet/snowflake"
	"sleet/snowflake/account/profile"
	"sleet/snowflake/account/query"
	"sleet/snowflake/snowflaketest"
)

// clouds returns the parts of an account's answer that name a cloud storage instead of the account's own.
func clouds() map[string]map[string]any {
	return map[string]map[string]any{
		"S3": {
			"locationType": "S3", "location": "bucket/files/", "region": "us-west-2", "endPoint": "s3.test",
			"creds": map[string]any{"AWS_KEY_ID": "key", "AWS_SECRET_KEY": "secret", "AWS_TOKEN": "token"},
		},
		"AZURE": {
			"locationType": "AZURE", "location": "container/files/", "storageAccount": "store", "endPoint": "blob.test",
			"creds": map[string]any{"AZURE_SAS_TOKEN": "?sig=x"},
		},
	}
}

// inCloud changes the answer to a PUT.
func inCloud(resp *http.Response, cloud map[string]any) error {
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	var answer map[string]any
	if json.Unmarshal(data, &answer) == nil {
		if d, ok := answer["data"].(map[string]any); ok && d["stageInfo"] != nil {
			d["stageInfo"], d["uploadInfo"] = cloud, cloud
			if data, err = json.Marshal(answer); err != nil {
				return err
			}
		}
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(data)), int64(len(data))
	resp.Header.Del("Content-Length")
	return nil
}

// storage accepts uploads.
type storage struct {
	mu    sync.Mutex
	asked []string
	sizes []int64
}

func (s *storage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n, _ := io.Copy(io.Discard, r.Body)
	s.mu.Lock()
	s.asked, s.sizes = append(s.asked, r.Method+" "+r.URL.Query().Get("comp")+r.URL.Query().Get("partNumber")), append(s.sizes, n)
	s.mu.Unlock()
	if r.URL.Query().Has("uploads") {
		_, _ = io.WriteString(w, "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>")
		return
	}
	w.Header().Set("ETag", `"1"`)
	if strings.HasPrefix(r.Host, "store") {
		w.WriteHeader(http.StatusCreated)
	}
}

// TestUploadInOnePiece checks that a file of any size is uploaded in one piece, without the goroutines of the storage's
// client, and that a small file does not allocate the memory of a large part.
func TestUploadInOnePiece(t *testing.T) {
	for name, cloud := range clouds() {
		t.Run(name, func(t *testing.T) {
			a := snowflaketest.Serve(t)
			if err := a.Exec("DEV", "CREATE STAGE APPS.PUBLIC.FILES"); err != nil {
				t.Fatal(err)
			}
			up, err := url.Parse("http://" + a.Addr())
			if err != nil {
				t.Fatal(err)
			}
			proxy := httputil.NewSingleHostReverseProxy(up)
			proxy.ModifyResponse = func(resp *http.Response) error { return inCloud(resp, cloud) }
			front := httptest.NewServer(proxy)
			defer front.Close()
			s := &storage{}
			stored := httptest.NewServer(s)
			defer stored.Close()
			c, err := Open(t.Context(), profile.Profile{
				Name: "test", Account: "demo", User: "SLEET", Role: "DEV", Host: front.URL, Password: snowflake.NewSecret(snowflaketest.Password),
			}, nil, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close() //nolint:errcheck // The test is over.
			carrier, ok := c.session.cfg.Transporter.(*transport)
			if !ok {
				t.Fatal("the driver has another transport")
			}
			carrier.base.DialTLSContext = func(ctx context.Context, _, address string) (net.Conn, error) {
				if !strings.HasSuffix(address, ".test:443") {
					return nil, errors.New("it asks " + address)
				}
				return (&net.Dialer{}).DialContext(ctx, "tcp", stored.Listener.Addr().String())
			}
			for _, size := range []int{1, 64<<20 + 1} {
				s.asked, s.sizes = nil, nil
				data := bytes.Repeat([]byte("x"), size)
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				if _, err := query.Put(t.Context(), c, query.File{Name: "app.py", Folder: "@APPS.PUBLIC.FILES/app", Content: bytes.NewReader(data)}); err != nil {
					t.Fatalf("%d bytes: %v", size, err)
				}
				runtime.ReadMemStats(&after)
				if most := slices.Max(s.sizes); most < int64(size) {
					t.Errorf("%d bytes are sent as %v, of %v bytes", size, s.asked, s.sizes)
				}
				if took := after.TotalAlloc - before.TotalAlloc; size == 1 && took > 32<<20 {
					t.Errorf("a file of one byte takes %d MB of memory", took>>20)
				}
			}
		})
	}
}
