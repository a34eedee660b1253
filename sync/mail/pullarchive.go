package mail

import (
	"context"
	"io"
	"slices"

	"rapport/data"
)

// Pull reads a mail again, whole, from the files it was imported from. It looks
// first in the folders where the mail lay, then in the others. Its errors are
// ctx's, and *data.Problem: of kind ArchiveGone where the files are not there,
// MailGone where none of them holds the mail.
func (a Archive) Pull(ctx context.Context, m data.Message, at []data.Location) ([]byte, error) {
	if m.Size > maxPulled {
		return nil, &data.Problem{Kind: data.MailTooLarge, About: "The mail"}
	}
	drawers, err := a.drawers(ctx)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, &data.Problem{Kind: data.ArchiveGone, About: a.Path, Cause: err}
	}
	lay := func(d drawer) int {
		if slices.ContainsFunc(at, func(l data.Location) bool { return l.Folder == d.name }) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(drawers, func(x, y drawer) int { return lay(x) - lay(y) })
	in := intake{Archive: a}
	for _, d := range drawers {
		for f, err := range in.each(d) {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			// What mbox quoted makes a mail longer in its file, never shorter.
			if err != nil || f.size < m.Size || d.mbox == "" && f.size != m.Size {
				continue
			}
			if raw := f.is(m); raw != nil {
				return raw, nil
			}
		}
	}
	return nil, &data.Problem{Kind: data.MailGone, About: a.Path}
}

// is reads the mail if it is that one, else nil.
func (f filed) is(m data.Message) []byte {
	raw := make([]byte, m.Size)
	if _, err := io.ReadFull(f.from, raw); err != nil {
		return nil
	}
	if n, _ := f.from.Read(make([]byte, 1)); n > 0 {
		return nil
	}
	if data.MessageIDOf(raw) != m.ID {
		return nil
	}
	return raw
}
