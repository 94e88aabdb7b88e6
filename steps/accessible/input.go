package accessible

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sleet/ui/cells"
	"sleet/ui/message"
)

// ErrNoAnswer is returned if the input ends before every question has an answer: silence does not select a default.
var ErrNoAnswer = errors.New("the input ended before every question had an answer")

// errBack is returned if the person goes back to the previous step.
var errBack = errors.New("back")

// back is the answer that goes back to the previous step.
const back = "<"

const (
	// maxAnswer is the maximum length of an answer in bytes.
	maxAnswer = 1 << 20
	// patience is how long to wait for more input after the last question.
	patience = 100 * time.Millisecond
)

// input reads the answers, one per line. A goroutine reads them, so that a canceled run does not wait for one more.
type input struct {
	lines chan answered
	want  chan struct{}
}

// answered is one line without its line ending. err is io.EOF after the last one.
type answered struct {
	text string
	long bool // it exceeds the maximum length, and is dropped
	err  error
}

func newInput(in io.Reader) *input {
	i := &input{lines: make(chan answered, 1), want: make(chan struct{})} // 1, so that a line nobody waits for does not block
	go func() {
		r := bufio.NewReader(in)
		first := true
		for range i.want {
			line := readLine(r)
			if first { // Windows starts a text file with a byte order mark
				line.text = strings.TrimPrefix(line.text, "\ufeff")
			}
			first = false
			i.lines <- line
		}
	}()
	return i
}

// stop ends the goroutine, at the end of the line that it may be reading.
func (i *input) stop() { close(i.want) }

// readLine reads one line, and drops it if it is too long.
func readLine(r *bufio.Reader) answered {
	var line []byte
	long := false
	for {
		part, err := r.ReadSlice('\n')
		if long = long || len(line)+len(part) > maxAnswer; !long {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (!errors.Is(err, io.EOF) || len(line) == 0 && !long):
			return answered{err: err}
		case long:
			return answered{long: true}
		}
		return answered{text: string(bytes.TrimRight(line, "\r\n"))}
	}
}

// next waits for a line, or for the end of ctx.
func (i *input) next(ctx context.Context) answered {
	select {
	case i.want <- struct{}{}:
	case <-ctx.Done():
		return answered{err: context.Cause(ctx)}
	}
	select {
	case line := <-i.lines:
		return line
	case <-ctx.Done():
		return answered{err: context.Cause(ctx)}
	}
}

// hasMore reports whether there is input that no question asks for.
func (i *input) hasMore(ctx context.Context) bool {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	return i.next(ctx).err == nil
}

// read prompts for one line, and again if it cannot be an answer.
func (d *dialogue) read(prompt string) (string, error) {
	for {
		line, err := d.raw(prompt)
		switch {
		case err != nil:
			return "", err
		case line.long:
			d.say("accessible.long", "bytes", maxAnswer)
		case !utf8.ValidString(line.text):
			d.say("accessible.no_text")
		case strings.IndexFunc(line.text, unicode.IsControl) >= 0:
			d.say("accessible.control")
		case strings.TrimSpace(line.text) == back:
			return "", errBack
		default:
			return line.text, nil
		}
	}
}

// raw prompts for one line and returns it unchanged.
func (d *dialogue) raw(prompt string) (answered, error) {
	if d.where != "" {
		prompt = d.where + ", " + prompt
	}
	if _, err := io.WriteString(d.Out, cells.Clean(prompt)+" "); err != nil {
		return answered{}, message.Wrap(err, "run.ask_failed")
	}
	line := d.in.next(d.ctx)
	if !d.Terminal || line.err != nil { // no Enter key ended the line
		d.print("")
	}
	switch {
	case line.err == nil:
		return line, nil
	case errors.Is(line.err, io.EOF):
		return answered{}, &noAnswer{d.t(message.ID("accessible.ended_"+d.filesState()), "question", strings.TrimRight(cells.Clean(prompt), ": "))}
	case d.ctx.Err() != nil:
		return answered{}, line.err
	default:
		return answered{}, message.Wrap(line.err, "run.answer_unread")
	}
}

// filesState returns whether the files were written.
func (d *dialogue) filesState() string {
	if d.written {
		return "written"
	}
	return "unwritten"
}

// noAnswer is ErrNoAnswer with the question, in the person's language.
type noAnswer struct{ words string }

func (e *noAnswer) Error() string        { return e.words }
func (e *noAnswer) Is(target error) bool { return target == ErrNoAnswer } //nolint:errorlint // It is asked what it is.
