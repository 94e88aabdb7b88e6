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
	// Host is the host as a network rule has it: with a port unless that is 443.
	Host string
	// Library is the package that is known to call it, "" where the address itself is written in the code.
	Library string
	Path    string
	Line    int
}

// libraryHosts are the hosts that clients of well-known services call without an address in the code, by the
// module that is imported. Each comes from the client's own documentation.
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

// addressArguments are the keyword arguments by which such a client is given another address.
var addressArguments = []string{"base_url", "api_base", "azure_endpoint", "endpoint", "endpoint_url", "host", "url", "openai_api_base", "server_url", "instance_url", "domain"}

// httpModules are the modules that send requests to an address in the code.
var httpModules = []string{"requests", "httpx", "aiohttp", "urllib", "urllib3", "http.client", "websockets", "websocket", "grpc", "boto3", "botocore", "socket", "pycurl"}

// readers match the functions that take an address to read from.
var readersOfAddresses = []string{"read_csv", "read_json", "read_html", "read_excel", "read_parquet", "read_table", "read_xml", "urlopen", "urlretrieve"}

// Hosts returns the hosts outside of Snowflake that an app's code calls, in the order of the source: by an
// address in the code, and by a library that is known to call one. Addresses that only the viewer's browser
// opens, such as those of links and images, are not among them.
func Hosts(app *existing.App) []HostUse {
	a := Judged(app)
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

// sendsRequests reports whether a file imports something that sends requests.
func (u *Unit) sendsRequests() bool {
	return slices.ContainsFunc(u.Nodes, func(n ast.Node) bool {
		return slices.ContainsFunc(existing.ImportedNames(n), func(name string) bool {
			return slices.ContainsFunc(httpModules, func(m string) bool { return name == m || strings.HasPrefix(name, m+".") })
		})
	})
}

// libraryUse notes the hosts of a library, unless a call of it gives another address.
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

// givesAddress reports whether a call of a module's names has an address among its arguments.
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

// address matches the beginning of an address, with its host and port.
var address = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(https?|wss?)://([^/?#\s]+)`)
})

// addressUse notes the host of a string that is an address and goes to what sends a request. goesOn says that
// a value follows the text, which may belong to the host.
func (u *Unit) addressUse(n ast.Expr, value string, goesOn, requests bool) []HostUse {
	m := address().FindStringSubmatch(value)
	if m == nil || goesOn && len(m[0]) == len(value) {
		return nil // what follows belongs to the host
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

// sent reports whether an address goes to the server's network and not to the viewer's browser: it is in no
// call of Streamlit's, and the app sends requests, or it is read by a function that takes an address.
func (u *Unit) sent(n ast.Expr, requests bool) bool {
	reads, shown := false, false
	if _, alone := u.File.Parent(n).(*ast.ExprStmt); alone {
		return false
	}
	u.Around(n, func(up ast.Node) bool {
		switch up := up.(type) {
		case *ast.Call:
			if at := n.Range(); at.Start >= up.Func.Range().Start && at.End <= up.Func.Range().End {
				return true // a method of the text itself
			}
			method := ""
			if f, is := up.Func.(*ast.Attribute); is {
				method = f.Attr.Name
			}
			reads = slices.Contains(readersOfAddresses, method)
			shown = u.Streamlit(up.Func) != "" && u.Streamlit(up.Func) != ConnectionFunction ||
				slices.Contains([]string{"markdown", "link_button", "write", "image", "caption", "page_link"}, method) // of a container or a column
			return false // the nearest call decides
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

// onlyShown reports whether an address is given a name that only Streamlit's calls use: a link, a logo.
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
		u.Around(name, func(up ast.Node) bool {
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
