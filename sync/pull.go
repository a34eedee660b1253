package sync

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/mail"
	"rapport/sync/mime"
	"rapport/sync/secret"
)

// PullOptions are what reading a mail again may be told.
type PullOptions struct {
	Log *slog.Logger // nil: nothing is logged
	// Report hears how many bytes came, and how many there are; nil if nobody
	// asks. It is called on the goroutine that pulls.
	Report func(done, total int64)
}

// Pull reads a mail again, whole, and keeps nothing: from a server that has it,
// in any folder of any mailbox, or from the files it was imported from. What
// comes is that mail, byte for byte. Its errors are ctx's and *data.Problem: that
// of the last place that was tried.
func Pull(ctx context.Context, db *store.DB, keys secret.Keeper, m data.MessageRow, o PullOptions) ([]byte, error) {
	boxes, err := db.Mailboxes(ctx)
	if err != nil {
		return nil, err
	}
	sample, err := db.SettingList(ctx, store.SettingSample)
	if err != nil {
		return nil, err
	}
	var trouble error = &data.Problem{Kind: data.MailGone, About: "No server of yours"}
	for _, box := range boxes {
		at := placesIn(m, box)
		if len(at) == 0 {
			continue
		}
		var raw []byte
		switch {
		case slices.Contains(sample, box.SourceName()):
			err = &data.Problem{Kind: data.ServerGone, About: box.Address}
		case box.Imported():
			raw, err = pullImported(ctx, db, box, m.Message, at)
		default:
			e := New(db, keys, Options{Log: o.Log})
			source, ok := e.mailFeed(box).Source.(mail.Source)
			if !ok {
				panic("bug: a mailbox is read by something else than mail.Source")
			}
			raw, err = source.Pull(ctx, m.Message, at, o.Report)
		}
		if err == nil || ctx.Err() != nil {
			return raw, err
		}
		trouble = err
	}
	return nil, trouble
}

// placesIn are the places of a mail in one mailbox.
func placesIn(m data.MessageRow, box data.Mailbox) []data.Location {
	var at []data.Location
	for _, l := range m.Locations {
		if l.Mailbox == box.ID {
			at = append(at, l)
		}
	}
	return at
}

// Complete reads a mail again of which only the beginning is kept, and keeps the
// rest of its text and the list of what is attached.
func Complete(ctx context.Context, db *store.DB, keys secret.Keeper, m data.MessageRow, o PullOptions) (data.MessageRow, error) {
	raw, err := Pull(ctx, db, keys, m, o)
	if err != nil {
		return m, err
	}
	return complete(ctx, db, m, raw)
}

// complete keeps what a whole mail says more than is known of it. A text that is
// longer than is ever kept stays cut.
func complete(ctx context.Context, db *store.DB, m data.MessageRow, raw []byte) (data.MessageRow, error) {
	whole := mime.Parse(raw, time.Time{})
	whole.Invites = invitations(whole.Invites)
	whole.Odd = slices.DeleteFunc(whole.Odd, func(odd string) bool {
		return strings.Contains(odd, "date") && !slices.Contains(m.Odd, odd) // what was said of the date stays as it was said
	})
	for _, odd := range m.Odd {
		if strings.Contains(odd, "date is used") && !slices.Contains(whole.Odd, odd) {
			whole.Odd = append(whole.Odd, odd)
		}
	}
	_, err := db.Write(ctx, "", func(tx *store.Tx) error { return tx.CompleteMessage(m.ID, whole) })
	if err != nil {
		return m, err
	}
	return db.Message(ctx, m.ID)
}

// Reading reads a mail again that came as HTML (data.Form.Page), and keeps its
// text with its headings, lists, links and tables. It loads no image and nothing
// else that the mail names.
func Reading(ctx context.Context, db *store.DB, keys secret.Keeper, m data.MessageRow, o PullOptions) (data.MessageRow, error) {
	raw, err := Pull(ctx, db, keys, m, o)
	if err != nil {
		return m, err
	}
	text := cmp.Or(mime.Reading(raw), m.Text)
	if _, err = db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutReading(m.ID, text) }); err != nil {
		return m, err
	}
	return db.Message(ctx, m.ID)
}

// archives is the setting that names where an imported mailbox came from.
func archives(box data.Mailbox) string { return "archives/" + box.ID }

// rememberArchive keeps where an archive lies, so that its mails can be read
// again.
func rememberArchive(ctx context.Context, db *store.DB, a Archive) error {
	name, here := archives(a.Mailbox), string(a.Kind)+":"+a.Path
	known, err := db.SettingList(ctx, name)
	if err != nil || slices.Contains(known, here) {
		return err
	}
	_, err = db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutSettingList(name, append(known, here)) })
	return err
}

func pullImported(ctx context.Context, db *store.DB, box data.Mailbox, m data.Message, at []data.Location) ([]byte, error) {
	list, err := db.SettingList(ctx, archives(box))
	if err != nil {
		return nil, err
	}
	err = &data.Problem{Kind: data.ArchiveGone, About: box.Address}
	for _, where := range slices.Backward(list) {
		kind, path, _ := strings.Cut(where, ":")
		raw, wrong := mail.Archive{Mailbox: box, Kind: mail.ArchiveKind(kind), Path: path}.Pull(ctx, m, at)
		if wrong == nil || ctx.Err() != nil {
			return raw, wrong
		}
		var p *data.Problem
		if errors.As(wrong, &p) {
			err = wrong
		}
	}
	return nil, err
}
