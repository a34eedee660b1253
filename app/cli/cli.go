package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"rapport/data"
	"rapport/sync"
)

// The exit codes, as docs/cli.md lists them.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitPartly      = 3
	exitInterrupted = 130
)

// Faces are what only the window can do; whoever starts the program hands them
// over. A nil one says that this build cannot do it.
type Faces struct {
	// Open opens the window on the workspace in the folder, which need not be
	// there yet, and returns when the window is closed.
	Open func(ctx context.Context, workspace string) error
	// Render draws every page of the workspace as PNG files in outDir, making it
	// if need be, and returns their paths.
	Render func(ctx context.Context, workspace, outDir string) ([]string, error)
}

// Run does what the arguments, without the program's name, ask for, and returns
// the exit code. Without a verb it opens the window. Every complaint is written
// to errOut as one sentence.
func Run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer, faces Faces) int {
	return program{in: in, out: out, errOut: errOut, faces: faces, now: time.Now, env: os.Getenv, find: sync.FindMailbox, look: sync.ServerCertificate, browse: openBrowser}.run(ctx, args)
}

// program is what a command has to do with: all that a test may replace.
type program struct {
	in          io.Reader
	out, errOut io.Writer
	faces       Faces
	now         func() time.Time
	env         func(string) string
	find        func(ctx context.Context, address string) (found []sync.Found, tried []string, err error)
	browse      func(page string) error // shows it in the person's browser
	look        func(context.Context, data.Mailbox) (data.Certificate, error)
}

func (p program) run(ctx context.Context, args []string) int {
	out := bufio.NewWriter(p.out)
	err := p.do(ctx, args, out)
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	return p.end(ctx, err)
}

func (p program) do(ctx context.Context, args []string, out *bufio.Writer) error {
	line := readLine(args)
	v, given, err := line.verb()
	if err != nil {
		return err
	}
	c := &call{program: p, ctx: ctx, verb: v, given: given, out: out}
	if v == nil {
		return c.open()
	}
	if given.has("help") {
		c.print(v.help())
		return nil
	}
	return v.run(c)
}

// end prints what went wrong and chooses the exit code.
func (p program) end(ctx context.Context, err error) int {
	var misuse *usageError
	var invalid *data.Invalid
	var ambiguous *data.Ambiguous
	var code exitCode
	switch {
	case err == nil:
		return exitDone
	case ctx.Err() != nil, errors.Is(err, context.Canceled):
		complain(p.errOut, "interrupted")
		return exitInterrupted
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &misuse):
		complain(p.errOut, misuse.says)
		_, _ = io.WriteString(p.errOut, misuse.usage())
		return exitUsage
	}
	complain(p.errOut, err.Error()+whereListed(err))
	if errors.As(err, &invalid) || errors.As(err, &ambiguous) {
		return exitUsage
	}
	return exitFailed
}

// lists are the commands that list what can be named, by the noun with which the
// errors of what is not there begin.
var lists = []struct{ noun, command string }{
	{"account ", "accounts"}, {"contact ", "contacts"}, {"message ", "messages"}, {"mailbox ", "mailbox list"}, {"calendar ", "calendar list"}, {"feed ", "feed list"},
	{`promise "`, "promise list"}, {`need "`, "need list"}, {`value "`, "value list"}, {`offer "`, "offer list"}, {`initiative "`, "initiative list"}, {`fact "`, "fact list"},
	{`unknown "`, "unknown list"}, {`stakeholder "`, "stakeholder list"}, {`relation "`, "relation list"}, {`preference "`, "preference list"}, {`door "`, "door list"},
	{`objective "`, "objective list"}, {`step "`, "step list"}, {`risk "`, "risk list"}, {`foresight "`, "foresight list"},
	{`feedback "`, "feedback list -all"}, {`survey "`, "survey list"}, {`training note "`, "training list"}, {`training session "`, "training session list"},
	{`play "`, "play list"}, {`play run "`, "play show PLAY"}, {`content "`, "nurture content list"}, {`correction "`, "plan corrections"},
}

// whereListed says which command lists what there is, where something was named
// that is not; "" for any other error.
func whereListed(err error) string {
	if !errors.Is(err, data.ErrNotFound) || strings.HasSuffix(err.Error(), "?") { // something near was offered
		return ""
	}
	for _, l := range lists {
		if strings.HasPrefix(err.Error(), l.noun) {
			return "; rapport " + l.command + " lists them"
		}
	}
	return ""
}

// complain writes one complaint. Without a place to complain to there is
// nothing left to do.
func complain(w io.Writer, says string) { _, _ = io.WriteString(w, "rapport: "+plainText(says)+"\n") }

// exitCode ends a command that has printed all it had to say.
type exitCode int

func (e exitCode) Error() string { return "ended early" }
