package scaffold

import (
	"testing"
)

func TestParseHost(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in, name, url string
		from, to      int
	}{
		{"API.example.com", "api.example.com", "https://api.example.com", 443, 443},
		{"files.example.com:8443", "files.example.com", "https://files.example.com:8443", 8443, 8443},
		{"plain.example.com:80", "plain.example.com", "http://plain.example.com", 80, 80},
		{"any.example.com:0", "any.example.com", "https://any.example.com", 0, 0},
		{"range.example.com:8000-8100", "range.example.com", "https://range.example.com:8000", 8000, 8100},
		{"*.example.com", "*.example.com", "", 443, 443},
		{"0.0.0.0:80", "0.0.0.0", "", 80, 80},
	}
	for _, tt := range tests {
		h, err := ParseHost(tt.in)
		if err != nil {
			t.Errorf("ParseHost(%q): %v", tt.in, err)
			continue
		}
		if h.Name != tt.name || h.From != tt.from || h.To != tt.to || h.URL() != tt.url {
			t.Errorf("ParseHost(%q) = %+v, URL %q; want %+v", tt.in, h, h.URL(), tt)
		}
	}
}

func TestCovers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		rule, host string
		want       bool
	}{
		{"api.example.com", "api.example.com", true},
		{"api.example.com", "API.EXAMPLE.com:443", true},
		{"api.example.com", "api.example.com:8443", false},
		{"api.example.com:0", "api.example.com:8443", true},
		{"api.example.com:8000-9000", "api.example.com:8443", true},
		{"*.example.com", "api.example.com", true},
		{"*.example.com", "a.b.example.com", false},
		{"*.example.com", "example.com", false},
		{"api-*.example.com", "api-1.example.com", true},
		{"api-*.example.com", "web-1.example.com", false},
		{"0.0.0.0", "anything.example", true},
		{"0.0.0.0", "anything.example:80", false},
		{"api.example.com", "*.example.com", false},
		{"api.example.com", "https://api.example.com", false},
	}
	for _, tt := range tests {
		h, err := ParseHost(tt.rule)
		if err != nil {
			t.Fatal(err)
		}
		if got := h.Covers(tt.host); got != tt.want {
			t.Errorf("Host(%q).Covers(%q) = %v, want %v", tt.rule, tt.host, got, tt.want)
		}
	}
}
