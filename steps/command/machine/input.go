package machine

import (
	"context"
	"io"
	"os"

	"sleet/snowflake/safely"
)

// MaxInput is the most bytes that are read from a person's input: far more than any sleet.toml needs.
const MaxInput = 1 << 20

// ReadAll reads at most MaxInput bytes and one more, which shows that the input is too long. It returns when ctx is
// canceled, even if the read blocks.
func ReadAll(ctx context.Context, in io.Reader) ([]byte, error) {
	return readBeside(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(in, MaxInput+1)) })
}

// ReadNamed is like ReadAll, for a file that the person named. It may be a pipe from a shell's <(command), so that even
// opening it can block.
func ReadNamed(ctx context.Context, path string) ([]byte, error) {
	return readBeside(ctx, func() ([]byte, error) {
		file, err := os.Open(path) //nolint:gosec // The person named it.
		if err != nil {
			return nil, err //nolint:wrapcheck // The caller adds the context.
		}
		defer file.Close() //nolint:errcheck // It was only read.
		return io.ReadAll(io.LimitReader(file, MaxInput+1))
	})
}

// readBeside calls read in a goroutine and returns when ctx is canceled, even if read has not returned.
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
		return nil, context.Cause(ctx) //nolint:wrapcheck // The cause of the cancellation.
	}
}
