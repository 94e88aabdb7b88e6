package message_test

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"testing"

	"sleet/ui/message"
)

func TestMessage(t *testing.T) {
	step := message.New("ui.frame.step", "step", 2, "steps", 9)
	for _, c := range []struct {
		said   message.Message
		en, ja string
	}{
		{message.Message{}, "", ""},
		{message.Verbatim("as {it} is"), "as {it} is", "as {it} is"},
		{message.Verbatim(""), "", ""},
		{message.Verbatim("https://u:p@example.com"), "https://***@example.com", "https://***@example.com"},
		{message.New("ui.key.next"), "next", "次へ"},
		{message.New("ui.code.changed", "count", 1), "1 line changed", "1 行変更"},
		{message.New("ui.code.changed", "count", 3), "3 lines changed", "3 行変更"},
		{message.New("ui.frame.step", "step", "{steps}", "steps", 9), "step {steps} of 9", "ステップ {steps}/9"},
		{message.New("ui.frame.step", "step", step), "step step 2 of 9 of ", "ステップ ステップ 2/9/"},
		{message.New("ui.frame.step", "step", message.NewError("ui.key.next"), "steps", fs.ErrExist), "step next of file already exists", "ステップ 次へ/file already exists"},
		{message.Join("; ", message.New("ui.key.next"), message.Verbatim("x")), "next; x", "次へ; x"},
		{message.Join("; ", message.New("ui.key.next")), "next", "次へ"},
		{message.New("no.such.message", "a", 1), "no.such.message", "no.such.message"},
	} {
		if got := c.said.String(); got != c.en {
			t.Errorf("%v in English: %q, want %q", c.said.ID, got, c.en)
		}
		if got := c.said.In(message.For("ja").T); got != c.ja {
			t.Errorf("%v in Japanese: %q, want %q", c.said.ID, got, c.ja)
		}
	}
	if !(message.Message{}).IsZero() || step.IsZero() || message.Verbatim("x").IsZero() {
		t.Error("IsZero is wrong for the zero message or another one")
	}
}

func TestError(t *testing.T) {
	ja := message.Translate(message.For("ja").T)
	cause := &fs.PathError{Op: "open", Path: "x", Err: fs.ErrNotExist}
	wrapped := message.Wrap(cause, "failure.fetch.app", "name", "APP")
	for _, c := range []struct {
		err    error
		en, ja string
		is     error
	}{
		{nil, "", "", nil},
		{errors.New("of the system"), "of the system", "of the system", nil},
		{wrapped, message.New("failure.fetch.app", "name", "APP", "why", cause).String(), message.For("ja").T("failure.fetch.app", "name", "APP", "why", cause), fs.ErrNotExist},
		{message.NewError("ui.key.next"), "next", "次へ", nil},
		{errors.Join(message.NewError("ui.key.next"), message.NewError("ui.key.no")), "next\nno", "次へ\nいいえ", nil},
		{&fs.PathError{Op: "read", Path: "x", Err: message.NewError("read.not_regular")}, "x: not a regular file", "x: 通常のファイルではありません", nil},
		{fmt.Errorf("before: %w", wrapped), "before: " + wrapped.Error(), "before: " + wrapped.Error(), fs.ErrNotExist},
	} {
		if got := message.Of(c.err).String(); got != c.en {
			t.Errorf("English: %q, want %q", got, c.en)
		}
		if got := ja.Say(message.Of(c.err)); got != c.ja {
			t.Errorf("Japanese: %q, want %q", got, c.ja)
		}
		if c.is != nil && !errors.Is(c.err, c.is) {
			t.Errorf("errors.Is(%v, %v) = false", c.err, c.is)
		}
	}
}

func TestPlaceholders(t *testing.T) {
	if got := message.Placeholders("{b} {a} {b} {not one} { {c"); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("Placeholders = %q", got)
	}
}
