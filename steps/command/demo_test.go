package command

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
)

func TestDemoServes(t *testing.T) {
	for _, args := range [][]string{{"demo"}, {"demo", "--real"}} {
		ctx, stop := context.WithCancel(context.Background())
		var out, said bytes.Buffer
		time.AfterFunc(200*time.Millisecond, stop)
		code := Run(ctx, args, machine.Host{In: strings.NewReader(""), Out: &out, Err: &said, Dir: t.TempDir()})
		if code != exit.Success || !strings.Contains(out.String(), "[demo]\naccount = ") || !strings.Contains(said.String(), "ctrl+c") {
			t.Errorf("%v: exit code %d\n%s\n%s", args, code, &out, &said)
		}
	}
}

func TestDemoStaysOnLoopback(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", "192.168.1.1:80", "nonsense", ":8080"} {
		var said bytes.Buffer
		ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
		code := Run(ctx, []string{"demo", "--addr", addr}, machine.Host{In: strings.NewReader(""), Out: &said, Err: &said, Dir: t.TempDir()})
		stop()
		if code != exit.Invalid || !strings.Contains(said.String(), "127.0.0.1") {
			t.Errorf("%s: exit code %d\n%s", addr, code, &said)
		}
	}
}
