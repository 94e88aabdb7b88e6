package facts

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold/existing"
	"sleet/scaffold/python/ast"
)

// HostUse is a place in an app's code that calls a host outside of Snowflake.
type HostUse struct {
	// Host is the host as a network rule writes it: with a port unless it is 443.
	Host string
	// Library is the package that is known to call the host, "" if the address is in the code.
	Library string
	Path    string
	Line    int
}

// libraryHosts maps modules of well-known clients to the hosts that they call without an address in
// the code. Each host comes from the client's documentation.
var libraryHosts = sync.OnceValue(func() map[string][]string {
	return map[string][]string{
		"openai":                {"api.openai.com"},
		"anthropic":             {"api.anthropic.com"},
		"cohere":                {"api.cohere.com"},
		"mistralai":             {"api.mistral.ai"},
		"groq":                  {"api.groq.com"},
		"together":              {"api.together.xyz"},
		"replicate":             {"api.replicate.com"},
		"google.generativeai":   {"generativelanguage.googleapis.com"},
		"google.genai":          {"generativelanguage.googleapis.com"},
		"huggingface_hub":       {"huggingface.co"},
		"tavily":                {"api.tavily.com"},
		"pinecone":              {"api.pinecone.io"},
		"slack_sdk":             {"slack.com"},
		"stripe":                {"api.stripe.com"},
		"twilio":                {"api.twilio.com"},
		"sendgrid":              {"api.sendgrid.com"},
		"github":                {"api.github.com"},
		"notion_client":         {"api.notion.com"},
		"pyairtable":            {"api.airtable.com"},
		"hubspot":               {"api.hubapi.com"},
		"googlemaps":            {"maps.googleapis.com"},
		"telegram":              {"api.telegram.org"},
		"discord":               {"discord.com"},
		"elevenlabs":            {"api.elevenlabs.io"},
		"datadog_api_client":    {"api.datadoghq.com"},
		"gspread":               {"oauth2.googleapis.com", "sheets.googleapis.com"},
		"yfinance":              {"query1.finance.yahoo.com", "query2.finance.yahoo.com"},
		"langchain_openai":      {"api.openai.com"},
		"langchain_anthropic":   {"api.anthropic.com"},
		"dropbox":               {"api.dropboxapi.com"},
		"mailchimp_marketing":   {"login.mailchimp.com"},
		"plaid":                 {"production.plaid.com"},
		"asana":                 {"app.asana.com"},
		"linear_api":            {"api.linear.app"},
		"simple_salesforce":     {"login.salesforce.com"},
		"google.cloud.bigquery": {"bigquery.googleapis.com", "oauth2.googleapis.com"},
		"google.cloud.storage":  {"storage.googleapis.com", "oauth2.googleapis.com"},
	}
})

// addressArguments are the keyword arguments that set another address for such a client.
var addressArguments = []string{"base_url", "api_base", "azure_endpoint", "endpoint", "endpoint_url", "host", "url", "openai_api_base", "server_url", "instance_url", "domain"}

// httpModules are the modules that send requests to an address in the code.
var httpModules = []string{"requests", "httpx", "aiohttp", "urllib", "urllib3", "http.client", "websockets", "websocket", "grpc", "boto3", "botocore", "socket", "pycurl"}

// readersOfAddresses are the functions that read from an address.
var readersOfAddresses = []string{"read_csv", "read_json", "read_html", "read_excel", "read_parquet", "read_table", "read_xml", "urlopen", "urlretrieve"}

// Hosts returns the hosts outside of Snowflake that an app's code calls, in source order: addresses
// in the code, and hosts of libraries. It does not include addresses that only the viewer's browser
// opens, such as links and images.
func Hosts(app *existing.App) []HostUse {
	a := AppOf(app)
	a.Mu.Lock()
	defer a.Mu.Unlock()
	requests := slices.ContainsFunc(a.CodeFiles(), func(u *Unit) bool { return u.sendsRequests() })
	var list []HostUse
	for _, u := range a.CodeFiles() {
		for _, n := range u.Nodes {
			if u.Unreached(n) {
				continue
			}
			a.budget = maxSteps
			switch n := n.(type) {
			case *ast.Import, *ast.ImportFrom:
				list = append(list, u.libraryUse(n)...)
			case *ast.Constant:
				if _, part := u.File.Parent(n).(*ast.JoinedStr); n.Sort == ast.Str && !part {
					list = append(list, u.addressUse(n, n.Value, false, requests)...)
				}
			case *ast.JoinedStr:
				if len(n.Values) == 0 {
					continue
				}
				if head, ok := Text(n.Values[0]); ok {
					list = append(list, u.addressUse(n, head, len(n.Values) > 1, requests)...)
				}
			}
		}
	}
	return list
}

// sendsRequests reports whether a file imports a module that sends requests.
func (u *Unit) sendsRequests() bool {
	return slices.ContainsFunc(u.Nodes, func(n ast.Node) bool {
		return slices.ContainsFunc(existing.ImportedNames(n), func(name string) bool {
			return slices.ContainsFunc(httpModules, func(m string) bool { return name == m || strings.HasPrefix(name, m+".") })
		})
	})
}

// libraryUse returns the hosts of an imported library, unless a call sets another address.
func (u *Unit) libraryUse(n ast.Node) []HostUse {
	var list []HostUse
	for _, name := range existing.ImportedNames(n) {
		for module, hosts := range libraryHosts() {
			if name != module && !strings.HasPrefix(name, module+".") || u.givesAddress(module) {
				continue
			}
			for _, host := range hosts {
				if !slices.ContainsFunc(list, func(h HostUse) bool { return h.Host == host }) {
					list = append(list, HostUse{Host: host, Library: module, Path: u.Path, Line: u.File.Position(n.Range().Start).Line})
				}
			}
		}
	}
	slices.SortFunc(list, func(a, b HostUse) int { return strings.Compare(a.Host, b.Host) })
	return list
}

// givesAddress reports whether any call of a module's functions sets an address.
func (u *Unit) givesAddress(module string) bool {
	return slices.ContainsFunc(u.Nodes, func(n ast.Node) bool {
		call, is := n.(*ast.Call)
		if !is {
			return false
		}
		if _, of := u.Member(call.Func, module+"."); !of {
			return false
		}
		return slices.ContainsFunc(call.Keywords, func(k *ast.Keyword) bool {
			return k.Name != nil && slices.Contains(addressArguments, k.Name.Name)
		})
	})
}

// address matches the start of a URL, up to the host and port.
var address = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(https?|wss?)://([^/?#\s]+)`)
})

// addressUse returns the host of a string that is a URL and is used for a request. goesOn reports
// whether a value follows the text, which may be part of the host.
func (u *Unit) addressUse(n ast.Expr, value string, goesOn, requests bool) []HostUse {
	m := address().FindStringSubmatch(value)
	if m == nil || goesOn && len(m[0]) == len(value) {
		return nil // what follows is part of the host
	}
	parsed, err := url.Parse(m[0])
	if err != nil || !strings.Contains(parsed.Hostname(), ".") || strings.ContainsAny(value, " \n<>") || !u.sent(n, requests) {
		return nil
	}
	host := strings.ToLower(parsed.Hostname())
	for _, own := range []string{".snowflakecomputing.com", ".snowflake.app", ".snowflakecomputing.cn", "127.0.0.1", "0.0.0.0"} {
		if strings.HasSuffix(host, own) {
			return nil
		}
	}
	switch port := parsed.Port(); {
	case port != "" && port != "443":
		host += ":" + port
	case port == "" && (parsed.Scheme == "http" || parsed.Scheme == "ws"):
		host += ":80"
	}
	return []HostUse{{Host: host, Path: u.Path, Line: u.File.Position(n.Range().Start).Line}}
}

// sent reports whether the server, and not the viewer's browser, calls an address: it is not an
// argument of a Streamlit call, and either the app sends requests or a function reads from the
// address.
func (u *Unit) sent(n ast.Expr, requests bool) bool {
	reads, shown := false, false
	if _, alone := u.File.Parent(n).(*ast.ExprStmt); alone {
		return false
	}
	u.EachAncestor(n, func(up ast.Node) bool {
		switch up := up.(type) {
		case *ast.Call:
			if at := n.Range(); at.Start >= up.Func.Range().Start && at.End <= up.Func.Range().End {
				return true // a method of the string itself
			}
			method := ""
			if f, is := up.Func.(*ast.Attribute); is {
				method = f.Attr.Name
			}
			reads = slices.Contains(readersOfAddresses, method)
			shown = u.Streamlit(up.Func) != "" && u.Streamlit(up.Func) != ConnectionFunction ||
				slices.Contains([]string{"markdown", "link_button", "write", "image", "caption", "page_link"}, method) // of a container or a column
			return false // the innermost call decides
		case *ast.Keyword:
			if up.Name != nil && slices.Contains([]string{"help", "href", "src"}, up.Name.Name) {
				shown = true
				return false
			}
		case ast.Stmt:
			return false
		}
		return true
	})
	return !shown && (reads || requests && !u.onlyShown(n))
}

// onlyShown reports whether an address is assigned to a name that only Streamlit calls use, such as
// a link or a logo.
func (u *Unit) onlyShown(n ast.Expr) bool {
	assign, is := u.File.Parent(n).(*ast.Assign)
	if !is || len(assign.Targets) != 1 {
		return false
	}
	target, is := assign.Targets[0].(*ast.NameExpr)
	if !is {
		return false
	}
	used, shown := 0, 0
	for _, node := range u.Nodes {
		name, is := node.(*ast.NameExpr)
		if !is || name == target || u.Source(name) != u.Source(target) {
			continue
		}
		used++
		u.EachAncestor(name, func(up ast.Node) bool {
			if call, is := up.(*ast.Call); is && u.Streamlit(call.Func) != "" {
				shown++
				return false
			}
			_, stmt := up.(ast.Stmt)
			return !stmt
		})
	}
	return used > 0 && used == shown
}
