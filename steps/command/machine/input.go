package machine

import (
	"context"
	"io"
	"os"

	"sleet/snowflake/safely"
	"sleet/steps/command/exit"
)

// MostInput is how many bytes a person may hand over: far more than any sleet.toml needs.
const MostInput = 1 << 20

// ReadAll reads what a sleet.toml may hold and one byte more. A read that nobody answers ends
// with ctx.
func ReadAll(ctx context.Context, in io.Reader) ([]byte, error) {
	return readBeside(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(in, MostInput+1)) })
}

// ReadNamed is ReadAll for a file that the person named. It may be a pipe, as a shell makes one of <(command), so that the opening
// of it may wait as well.
func ReadNamed(ctx context.Context, path string) ([]byte, error) {
	return readBeside(ctx, func() ([]byte, error) {
		file, err := os.Open(path) //nolint:gosec // The person named it.
		if err != nil {
			return nil, err //nolint:wrapcheck // The caller says what it is for.
		}
		defer file.Close() //nolint:errcheck // It was only read.
		return io.ReadAll(io.LimitReader(file, MostInput+1))
	})
}

// readBeside reads beside the caller, who does not outlive ctx.
func readBeside(ctx context.Context, read func() ([]byte, error)) ([]byte, error) {
	type result struct {
		data []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		var r result
		if broken := safely.Call(func() (err error) { r.data, err = read(); return err }); broken != nil {
			r.err = broken
		}
		done <- r
	}()
	select {
	case r := <-done:
		return r.data, r.err
	case <-ctx.Done():
		return nil, exit.Wrap("stopped", context.Cause(ctx))
	}
}
