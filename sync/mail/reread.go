package mail

import (
	"github.com/emersion/go-imap/v2"

	"rapport/data"
)

// Unread is a cursor that no longer says that the mails at these places are
// stored, so that they are read again where they are wanted. Places under another
// UIDVALIDITY mean nothing to it.
func Unread(since string, places []data.Location) string {
	c := parseCursor(since)
	for _, l := range places {
		f, known := c.Folders[l.Folder]
		if !known || f.Validity != l.UIDValidity {
			continue
		}
		c.Folders[l.Folder] = f.lose([]imap.UID{imap.UID(l.UID)}).undone()
	}
	return c.text()
}

// undone is the state of a folder that is looked through again.
func (f folder) undone() folder {
	f.Done, f.Next, f.Count = false, 0, 0
	return f
}
