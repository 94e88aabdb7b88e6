package command

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pelletier/go-toml/v2"

	"sleet/scaffold"
	"sleet/steps/command/exit"
)

func TestOverlay(t *testing.T) {
	const under = `
list = [1, 2]
kept = "under"
flag = true
[table]
a = 1
b = 2
[table.inner]
c = 1.0
[[many]]
x = 1
`
	tests := []struct{ name, over, want string }{
		{"nothing", "", under},
		{"a value", `kept = "over"`, "kept='over'\nflag=true\nlist=[1,2]\ntable={a=1,b=2,inner={c=1.0}}\nmany=[{x=1}]"},
		{"an empty and a false one", "kept = ''\nflag = false", "kept=''\nflag=false\nlist=[1,2]\ntable={a=1,b=2,inner={c=1.0}}\nmany=[{x=1}]"},
		{"tables are merged", "[table]\nb=3\n[table.inner]\nd=1", "kept='under'\nflag=true\nlist=[1,2]\ntable={a=1,b=3,inner={c=1.0,d=1}}\nmany=[{x=1}]"},
		{"lists are replaced", "list=[3]\n[[many]]\ny=1", "kept='under'\nflag=true\nlist=[3]\ntable={a=1,b=2,inner={c=1.0}}\nmany=[{y=1}]"},
		{"a table for a value", "[kept]\nz=1", "kept={z=1}\nflag=true\nlist=[1,2]\ntable={a=1,b=2,inner={c=1.0}}\nmany=[{x=1}]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, err := overlay([]byte(under), []byte(test.over))
			if err != nil {
				t.Fatal(err)
			}
			var got, want map[string]any
			if err := toml.Unmarshal(text, &got); err != nil {
				t.Fatal(err)
			}
			if err := toml.Unmarshal([]byte(test.want), &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestDeclare(t *testing.T) {
	known := []scaffold.SecretDecl{
		{Key: "login", Type: scaffold.Password, Access: scaffold.AccessSecrets, Object: "LOGIN"},
		{Key: "other"},
	}
	tests := []struct {
		name  string
		texts []string
		want  []scaffold.SecretDecl
		fails bool
	}{
		{"a key", []string{"api_key"}, []scaffold.SecretDecl{{Key: "api_key"}}, false},
		{"a type", []string{"a:password"}, []scaffold.SecretDecl{{Key: "a", Type: scaffold.Password}}, false},
		{
			"all three",
			[]string{"a:password:st.secrets"},
			[]scaffold.SecretDecl{{Key: "a", Type: scaffold.Password, Access: scaffold.AccessSecrets}},
			false,
		},
		{"a way without a type", []string{"a::function"}, []scaffold.SecretDecl{{Key: "a", Access: scaffold.AccessFunction}}, false},
		{"a known key", []string{"login"}, known[:1], false},
		{
			"a known key of another way",
			[]string{"login::function"},
			[]scaffold.SecretDecl{{Key: "login", Type: scaffold.Password, Access: scaffold.AccessFunction, Object: "LOGIN"}},
			false,
		},
		{"no key", []string{":password"}, nil, true},
		{"nothing", []string{""}, nil, true},
		{"too many parts", []string{"a:password:function:x"}, nil, true},
		{"no type", []string{"a:string"}, nil, true},
		{"no way", []string{"a:password:env"}, nil, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := declare(test.texts, known)
			if (err != nil) != test.fails {
				t.Fatalf("error %v", err)
			}
			if err != nil && exit.Code(err) != exit.Invalid {
				t.Errorf("exit code %d", exit.Code(err))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestQuote(t *testing.T) {
	for _, text := range []string{"", "plain", `a "quoted" \ name`, "売上", "<a&b>", "tab\tline\n", "\u2028"} {
		var got struct{ Text string }
		if err := toml.Unmarshal([]byte("text = "+quote(text)), &got); err != nil || got.Text != text {
			t.Errorf("quote(%q) parses as %q, %v", text, got.Text, err)
		}
	}
}

func TestBase(t *testing.T) {
	for dir, want := range map[string]string{"/a/demo": "demo", "/": "", "/a/アプリ": "アプリ", "/a/b.c": "b.c"} {
		if got := base(dir); got != want {
			t.Errorf("base(%q) = %q, want %q", dir, got, want)
		}
	}
}
