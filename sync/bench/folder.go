package bench

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"rapport/data/sample"
)

// FromFolder is a corpus of the .eml files in a folder and all beneath it: each
// folder is a mail folder, what lies at the top is Inbox. Files are read when
// they are asked for; of one that cannot be read then, the rest is left out.
func FromFolder(dir string) (Corpus, error) {
	var paths []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && strings.EqualFold(filepath.Ext(path), ".eml") {
			paths = append(paths, path)
		}
		return err
	})
	return Corpus{World: sample.Make(sample.Options{}), N: len(paths), Mails: func(yield func(Mail) bool) {
		for i, path := range paths {
			raw, err := os.ReadFile(path)
			if err != nil || !yield(mailOf(dir, path, raw, i)) {
				return
			}
		}
	}}, err
}

func mailOf(dir, path string, raw []byte, i int) Mail {
	folder := "INBOX"
	if below, err := filepath.Rel(dir, filepath.Dir(path)); err == nil && below != "." {
		folder = filepath.ToSlash(below)
	}
	if !bytes.Contains(raw, []byte("\r\n")) {
		raw = bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n"))
	}
	return Mail{Folder: folder, Raw: raw, At: time.Unix(1_700_000_000+int64(i)*60, 0).UTC(), Seen: true}
}
