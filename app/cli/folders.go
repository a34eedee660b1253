package cli

import (
	"strconv"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
)

func mailboxFoldersVerb() *verb {
	return &verb{
		name: "mailbox folders", args: "ADDRESS", does: "List the folders on the server, and which are read",
		more: `It connects, and changes nothing. ADDRESS may be the mailbox's ID. mailbox add with
-folder chooses others.`,
		least: 1, most: 1, flags: []flag{jsonFlag}, run: runMailboxFolders,
	}
}

func runMailboxFolders(c *call) error {
	return c.read(func(db *store.DB) error {
		keys, err := sync.Keys(c.ctx, db)
		if err != nil {
			return err
		}
		folders, err := sync.ServerFolders(c.ctx, db, keys, c.args[0])
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(folders, folderOf))
		}
		rows := make([][]string, len(folders))
		for i, f := range folders {
			mails, read := "", "yes"
			if f.Mails >= 0 {
				mails = strconv.Itoa(f.Mails)
			}
			if !f.Read {
				read = "no: " + f.Why
			}
			rows[i] = []string{f.Name, mails, read}
		}
		return table(c.out, []column{{head: "FOLDER", most: 40}, {head: "MAILS", right: true}, {head: "READ", rest: true}}, rows)
	})
}

type folderJSON struct {
	Name  string `json:"name"`
	Mails *int   `json:"mails"`
	Read  bool   `json:"read"`
	Why   string `json:"why"`
}

func folderOf(f data.ServerFolder) folderJSON {
	j := folderJSON{Name: f.Name, Read: f.Read, Why: f.Why}
	if f.Mails >= 0 {
		j.Mails = &f.Mails
	}
	return j
}
