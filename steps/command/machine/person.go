package machine

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"sleet/snowflake"
	"sleet/steps/command/exit"
	"sleet/steps/command/output"
	"sleet/ui"
	"sleet/ui/message"
)

// askSecret asks for a value on the terminal without echoing it. It returns when ctx is canceled, and always restores
// the terminal.
func askSecret(ctx context.Context, in *os.File, out io.Writer, prompt string) (snowflake.Secret, error) {
	fd := int(in.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return snowflake.Secret{}, message.Wrap(err, "run.ask_failed")
	}
	if !strings.HasSuffix(prompt, " ") {
		prompt += ": "
	}
	if _, err := fmt.Fprint(out, output.Clean(prompt)); err != nil {
		return snowflake.Secret{}, message.Wrap(err, "run.ask_failed")
	}
	defer fmt.Fprintln(out) //nolint:errcheck // Ends the line, since Enter was not echoed.
	type answer struct {
		text []byte
		err  error
	}
	got := make(chan answer, 1)
	go func() {
		text, err := term.ReadPassword(fd)
		got <- answer{text, err}
	}()
	select {
	case a := <-got:
		if errors.Is(a.err, io.EOF) {
			return snowflake.Secret{}, context.Canceled
		}
		return snowflake.NewSecret(string(a.text)), exit.Failed(a.err, "run.answer_unread")
	case <-ctx.Done():
		return snowflake.Secret{}, errors.Join(context.Cause(ctx), term.Restore(fd, before))
	}
}

// Person asks questions line by line.
type Person struct {
	in  *bufio.Reader
	out io.Writer
	t   ui.Translate
}

// NewPerson returns a Person who is asked on a machine's terminal, in the language of t.
func NewPerson(host Host, t ui.Translate) *Person {
	return &Person{bufio.NewReader(host.In), host.Err, t}
}

// line asks for one line. The end of the input counts as quitting.
func (p *Person) line(ctx context.Context, question string) (string, error) {
	if _, err := fmt.Fprint(p.out, output.Clean(question)); err != nil {
		return "", message.Wrap(err, "run.ask_failed")
	}
	type answer struct {
		text string
		err  error
	}
	got := make(chan answer, 1)
	go func() {
		text, err := p.in.ReadString('\n')
		got <- answer{text, err}
	}()
	select {
	case a := <-got:
		text := strings.TrimSpace(a.text)
		if errors.Is(a.err, io.EOF) && text == "" {
			return "", context.Canceled
		}
		if a.err != nil && !errors.Is(a.err, io.EOF) {
			return "", message.Wrap(a.err, "run.answer_unread")
		}
		return text, nil
	case <-ctx.Done():
		output.Say(p.out, "")
		return "", context.Cause(ctx) //nolint:wrapcheck // The cause of the cancellation.
	}
}

// Yes asks a question and reports whether the answer is a clear yes.
func (p *Person) Yes(ctx context.Context, question string) (bool, error) {
	text, err := p.line(ctx, question+" [y/N] ")
	if err != nil {
		return false, err
	}
	text = strings.ToLower(text)
	return text == "y" || text == "yes" || text == strings.ToLower(p.t("ui.toggle.on")), nil
}

// Choice is one possible answer to a question.
type Choice struct{ Letter, What string }

// Choose asks for one of several answers, by letter or by word, until it gets one.
func (p *Person) Choose(ctx context.Context, question string, choices []Choice) (string, error) {
	names := make([]string, 0, len(choices))
	for _, c := range choices {
		names = append(names, c.Letter+" "+c.What)
	}
	for {
		text, err := p.line(ctx, fmt.Sprintf("%s (%s) ", question, strings.Join(names, ", ")))
		if err != nil {
			return "", err
		}
		for _, c := range choices {
			word, _, _ := strings.Cut(c.What, " ")
			if strings.EqualFold(text, c.Letter) || strings.EqualFold(text, word) {
				return c.Letter, nil
			}
		}
	}
}
