package cli

import (
	"path/filepath"
	"strings"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/secret"
)

func doctorVerb() *verb {
	return &verb{
		name: "doctor", does: "Check the workspace and what it rests on, and say what to do",
		more: `It looks at the file (integrity, keys, schema, search index), SQLite, the disk and
where passwords are kept. The exit code is 1 when something is unwell.`,
		flags: []flag{{name: "repair", does: "make the search index anew first"}, jsonFlag}, run: runDoctor,
	}
}

// scarce is how much free space is too little to go on.
const scarce = 500 << 20

func runDoctor(c *call) error {
	dir, err := c.workspace()
	if err != nil {
		return err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	list, err := c.checkFile()
	if p, ok := data.AsProblem(err); ok && p.Kind != data.NoWorkspace {
		list = append(list, store.Checkup{What: "file", Says: p.What(), Todo: todoOf(p)})
	} else if err != nil {
		return err
	}
	list = append(list, checkSpace(dir), checkEncryption(c.ctx, dir), checkKeys(dir))
	if c.on("json") {
		err = writeArray(c.out, each(list, checkupOf))
	} else {
		c.printf("workspace  %s\n", plainText(dir))
		writeCheckups(c, list)
	}
	if err != nil {
		return err
	}
	for _, l := range list {
		if !l.Well {
			return exitCode(exitFailed)
		}
	}
	return nil
}

// checkFile looks at the file, after mending what can be if that was asked for.
func (c *call) checkFile() (list []store.Checkup, err error) {
	err = c.read(func(db *store.DB) (err error) {
		if c.on("repair") {
			if err := db.Repair(c.ctx); err != nil {
				return err
			}
		}
		list, err = db.Check(c.ctx)
		return err
	})
	return list, err
}

// todoOf is what to do about a file; the doctor does not send people to itself.
func todoOf(p *data.Problem) string {
	if p.Kind == data.DamagedWorkspace {
		return "copy the newest file of the workspace's backups folder over " + store.FileName + ", and keep the damaged one aside"
	}
	return p.Todo()
}

func writeCheckups(c *call, list []store.Checkup) {
	for _, l := range list {
		state := "ok"
		switch {
		case !l.Well:
			state = "BAD"
		case l.Todo != "":
			state = "note"
		}
		c.printf("%-10s %-5s %s\n", l.What, state, plainText(l.Says))
		if l.Todo != "" {
			c.printf("%-16s %s\n", "", plainText(l.Todo))
		}
	}
}

type checkupJSON struct {
	What string `json:"what"`
	Says string `json:"says"`
	Well bool   `json:"well"`
	Todo string `json:"todo"`
}

func checkupOf(c store.Checkup) checkupJSON { return checkupJSON(c) }

func checkSpace(dir string) store.Checkup {
	c := store.Checkup{What: "space", Well: true}
	free, ok := freeSpace(dir)
	switch {
	case !ok:
		c.Says = "this system does not say how much of the disk is free"
	case free < scarce:
		c.Says, c.Well, c.Todo = sizeOf(int64(free))+" of the disk are free", false, "free some space; what is stored is safe, but new mail may not fit"
	default:
		c.Says = sizeOf(int64(free)) + " of the disk are free"
	}
	return c
}

func checkKeys(dir string) store.Checkup {
	c := store.Checkup{What: "passwords", Well: true}
	keys, err := secret.Open(dir)
	if err != nil {
		c.Well, c.Says, c.Todo = false, err.Error(), "unlock the system's keyring, or set RAPPORT_PASSPHRASE"
		return c
	}
	c.Says, c.Todo, _ = strings.Cut(keys.Where(), "; ")
	c.Says = "kept in " + c.Says
	return c
}
