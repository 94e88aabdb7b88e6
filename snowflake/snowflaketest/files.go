package snowflaketest

import (
	"cmp"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"sleet/snowflake/snowflaketest/engine"
)

// filePath is the file behind a presigned URL.
type filePath struct {
	files *engine.StageFiles
	path  string
	keep  bool // PUT with OVERWRITE = FALSE
}

// masterKey wraps the keys of files that clients encrypt before they upload them. Drivers require it for this type of
// storage.
const masterKey = "sleet-sleet-test"

// transfer returns how a client carries out a PUT or GET: over HTTP to this server, like a storage with presigned URLs.
func (a *Account) transfer(ans *answer, res *engine.Result) map[string]any {
	p := res.Put
	data := map[string]any{
		"queryId": ans.id, "statementTypeId": res.Kind, "localLocation": p.Local, "parallel": max(p.Parallel, 4),
		"threshold": 64 << 20, "autoCompress": p.AutoCompress, "overwrite": p.Overwrite,
		"sourceCompression":             cmp.Or(strings.ToLower(p.SourceCompression), "auto_detect"),
		"clientShowEncryptionParameter": false, "kind": nil, "operation": "Node",
	}
	stage := map[string]any{
		"locationType": "GCS", "location": "account/" + p.Folder + "/", "path": p.Folder + "/", "region": "us-west2",
		"storageAccount": nil, "isClientSideEncrypted": true, "creds": map[string]any{}, "endPoint": nil,
	}
	data["stageInfo"], data["uploadInfo"] = stage, stage
	if p.Put {
		data["command"], data["src_locations"] = "UPLOAD", []string{p.Local}
		data["encryptionMaterial"] = map[string]any{
			"queryStageMasterKey": base64.StdEncoding.EncodeToString([]byte(masterKey)), "queryId": ans.id, "smkId": 1,
		}
		// A driver requests the URL again with each file's own name before it uploads the file.
		stage["presignedUrl"] = a.presign(filePath{p.Files, path.Join(p.Folder, path.Base(p.Local)), !p.Overwrite})
		return data
	}
	var names, addresses []string
	for _, name := range p.Wanted() {
		names = append(names, name)
		addresses = append(addresses, a.presign(filePath{files: p.Files, path: name}))
	}
	data["command"], data["src_locations"], data["presignedUrls"] = "DOWNLOAD", names, addresses
	data["encryptionMaterial"] = []any{}
	return data
}

// presign returns a URL for one file.
func (a *Account) presign(s filePath) string {
	key := random()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.presigned[key] = s
	return a.URL() + "/files/" + key + "/" + url.PathEscape(path.Base(s.path))
}

// serveFile handles an upload or download.
func (a *Account) serveFile(w http.ResponseWriter, r *http.Request) {
	key, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/files/"), "/")
	a.mu.Lock()
	s, ok := a.presigned[key]
	a.mu.Unlock()
	if !ok {
		http.Error(w, "unknown address", http.StatusBadRequest)
		return
	}
	if r.Method != http.MethodPut {
		file, found := s.files.Read(s.path)
		if !found {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(file.Data)))
		_, _ = w.Write(file.Data)
		return
	}
	data, err := unpack(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if _, there := s.files.Read(s.path); !there || !s.keep {
		s.files.Write(s.path, data, time.Now())
	}
}

// unpack decrypts an uploaded file.
func unpack(r *http.Request) ([]byte, error) {
	data, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, 250<<20))
	if err != nil {
		return nil, errors.New("the file did not come whole")
	}
	text := r.Header.Get("x-goog-meta-encryptiondata")
	if text == "" {
		return data, nil
	}
	var meta struct {
		Key struct {
			Encrypted string `json:"EncryptedKey"`
		} `json:"WrappedContentKey"`
		IV string `json:"ContentEncryptionIV"`
	}
	err1 := json.Unmarshal([]byte(text), &meta)
	wrapped, err2 := base64.StdEncoding.DecodeString(meta.Key.Encrypted)
	iv, err3 := base64.StdEncoding.DecodeString(meta.IV)
	if errors.Join(err1, err2, err3) != nil || len(wrapped)%aes.BlockSize != 0 || len(iv) != aes.BlockSize {
		return nil, errors.New("the file's key cannot be read")
	}
	block, err := aes.NewCipher([]byte(masterKey))
	if err != nil {
		return nil, errors.New("the master key is unusable")
	}
	for i := 0; i < len(wrapped); i += aes.BlockSize {
		block.Decrypt(wrapped[i:], wrapped[i:])
	}
	block, err = aes.NewCipher(trimmed(wrapped))
	if err != nil || len(data)%aes.BlockSize != 0 {
		return nil, errors.New("the file cannot be opened")
	}
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(data, data)
	return trimmed(data), nil
}

// trimmed removes PKCS #7 padding.
func trimmed(data []byte) []byte {
	if n := len(data); n > 0 && int(data[n-1]) <= n {
		return data[:n-int(data[n-1])]
	}
	return data
}
