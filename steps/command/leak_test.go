package command

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// forms returns the encodings in which a value could be in a file or a message.
func forms(value string) map[string]string {
	inJSON, _ := json.Marshal(value)
	inSQL := strings.ReplaceAll(strings.ReplaceAll(value, `\`, `\\`), `'`, `''`)
	inSQLJSON, _ := json.Marshal(inSQL)
	return map[string]string{
		"plain": value, "SQL": inSQL,
		"backslashes": strings.ReplaceAll(strings.ReplaceAll(value, `\`, `\\`), `'`, `\'`),
		"JSON":        strings.Trim(string(inJSON), `"`),
		"SQL in JSON": strings.Trim(string(inSQLJSON), `"`),
		"Go":          strings.Trim(strconv.Quote(value), `"`), "ASCII": strings.Trim(strconv.QuoteToASCII(value), `"`),
		"query": url.QueryEscape(value), "path": url.PathEscape(value), "HTML": html.EscapeString(value),
		"base64": base64.StdEncoding.EncodeToString([]byte(value)), "base64 for addresses": base64.RawURLEncoding.EncodeToString([]byte(value)),
		"hexadecimal": hex.EncodeToString([]byte(value)),
	}
}

// findLeaks returns where a text has a value, in any of its forms or a part of it.
func findLeaks(data []byte, values []string) []string {
	var found []string
	for _, value := range values {
		for form, text := range forms(value) {
			if bytes.Contains(data, []byte(text)) {
				found = append(found, strconv.Quote(value)+" as "+form)
			}
		}
	}
	return found
}

// noLeaks searches texts and every file below folders for values.
func noLeaks(t *testing.T, values []string, texts map[string]string, folders ...string) {
	t.Helper()
	for name, text := range texts {
		for _, leak := range findLeaks([]byte(text), values) {
			t.Errorf("%s has the value %s", name, leak)
		}
	}
	seen := 0
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			for _, leak := range findLeaks([]byte(d.Name()), values) {
				t.Errorf("the name of %s has the value %s", path, leak)
			}
			if !d.Type().IsRegular() {
				return nil
			}
			data, err := os.ReadFile(path)
			seen++
			for _, leak := range findLeaks(data, values) {
				t.Errorf("%s has the value %s", path, leak)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(folders) > 0 && seen == 0 {
		t.Error("no file was searched")
	}
}

func TestFindLeaks(t *testing.T) {
	const value = `p'a"s\s☃<1>`
	for form, text := range forms(value) {
		if len(findLeaks([]byte("x "+text+" y"), []string{value})) == 0 {
			t.Errorf("a value as %s is not found", form)
		}
	}
	if leaks := findLeaks([]byte("****** 'masked'"), []string{value}); len(leaks) > 0 {
		t.Errorf("found in a text without values: %v", leaks)
	}
}
