package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
)

func attachmentListVerb() *verb {
	return &verb{
		name: "attachment list", args: "MESSAGE", does: "List what a mail carries",
		more:  "MESSAGE is an ID as message takes it. Nothing is read from a server.",
		least: 1, most: 1, flags: []flag{jsonFlag}, run: runAttachmentList,
	}
}

func attachmentGetVerb() *verb {
	return &verb{
		name: "attachment get", args: "MESSAGE N", does: "Read an attachment from the server and keep it here",
		more: `N counts from 1, as attachment list does. The mail is read again from a server that has
it, or from the files it was imported from, and its attachments are kept in the
workspace. What is kept already needs no server. Without -o it prints where the file
lies. A file that may do harm when it is opened is kept and written all the same, with
a warning.

  rapport attachment get 5f3a09c1 2 -o ~/Downloads`,
		least: 2, most: 2, flags: []flag{{name: "o", value: "FILE", does: "write it to this new file or into this folder; - is standard output"}, jsonFlag},
		run: runAttachmentGet,
	}
}

type attachmentJSON struct {
	N    int    `json:"n"`
	Name string `json:"name"`
	Type string `json:"type"`
	Size int64  `json:"size"`
	Hash string `json:"hash"`
	Kept bool   `json:"kept"`
}

type fileJSON struct {
	attachmentJSON
	Path string `json:"path"`
	Risk string `json:"risk"`
}

func attachmentOf(dir string, n int, a data.Attachment) attachmentJSON {
	return attachmentJSON{N: n + 1, Name: a.Name, Type: a.Type, Size: a.Size, Hash: a.Hash, Kept: sync.IsKept(dir, a)}
}

func runAttachmentList(c *call) error {
	return c.read(func(db *store.DB) error {
		m, err := c.message(db, messageRef(c.args[0]))
		if err != nil {
			return err
		}
		list := []attachmentJSON{}
		var rows [][]string
		for i, a := range m.Attached {
			one := attachmentOf(db.Dir(), i, a)
			list = append(list, one)
			where := "on the server"
			if one.Kept {
				where = "kept here"
			}
			rows = append(rows, []string{strconv.Itoa(one.N), sizeOf(a.Size), where, a.FileName()})
		}
		if c.on("json") {
			return writeJSON(c.out, list)
		}
		if m.BeginsOnly() {
			c.note("only the beginning of this mail was read; more may be attached")
		}
		if len(list) == 0 {
			c.note("nothing is attached")
		}
		return table(c.out, []column{{right: true}, {right: true}, {}, {rest: true}}, rows)
	})
}

func runAttachmentGet(c *call) error {
	n, err := strconv.Atoi(c.args[1])
	if err != nil || n < 1 {
		return misuse(c.verb, "%q is not the number of an attachment; attachment list shows them", c.args[1])
	}
	if c.has("o") && c.text("o") == "" {
		return misuse(c.verb, "flag -o needs a file, a folder or -")
	}
	if c.text("o") == "-" && c.on("json") {
		return misuse(c.verb, "-o - and -json both write to standard output; use one of them")
	}
	return c.read(func(db *store.DB) error {
		m, err := c.message(db, messageRef(c.args[0]))
		if err != nil {
			return err
		}
		if n > len(m.Attached) {
			return fmt.Errorf("message %s has %s", m.ID[:12], data.Counted(len(m.Attached), "attachment", "attachments"))
		}
		f, err := c.attachment(db, m, n-1)
		if err != nil {
			return err
		}
		return c.writeAttachment(db, f, n)
	})
}

func (c *call) attachment(db *store.DB, m data.MessageRow, n int) (sync.File, error) {
	keys, err := sync.Keys(c.ctx, db)
	if err != nil {
		return sync.File{}, err
	}
	shown := progressOn(c.errOut)
	defer shown.end()
	return sync.Attachment(c.ctx, db, keys, m, n, sync.PullOptions{Report: shown.pulled})
}

// writeAttachment puts the file where it is wanted, and says what there is to say
// against it.
func (c *call) writeAttachment(db *store.DB, f sync.File, n int) (err error) {
	if f.Risk != "" {
		c.note("warning: %s%s", strings.ToLower(f.Risk[:1]), f.Risk[1:])
	}
	path := f.Path
	switch to := c.text("o"); to {
	case "":
	case "-":
		content, err := os.ReadFile(f.Path)
		if err != nil {
			return err
		}
		_, err = c.out.Write(content)
		return err
	default:
		if path, err = sync.SaveAttachment(f, to); err != nil {
			return err
		}
	}
	if path, err = filepath.Abs(path); err != nil {
		return err
	}
	if c.on("json") {
		return writeJSON(c.out, fileJSON{attachmentOf(db.Dir(), n-1, f.Attachment), path, f.Risk})
	}
	c.printf("%s\n", path)
	return nil
}
