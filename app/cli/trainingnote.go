package cli

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/codec"
	"rapport/data/store"
)

var (
	topicFlag      = flag{name: "topic", value: "TOPIC", does: "what it is about, like 'Price talk'"}
	departmentFlag = flag{name: "department", value: "NAME", does: "for whom: Sales, Support, Delivery, Finance or another; else for everyone", many: true}
	levelFlag      = flag{name: "level", value: "LEVEL", does: "for whom: new here, practised or leads others; else for every level"}
	findFlag       = flag{name: "find", value: "WORDS", does: "only what holds all these words"}
)

func trainingListVerb() *verb {
	return &verb{
		name: "training list", does: "List what the team learned: its notes, by topic",
		more:  "  rapport training list -topic 'Price talk' -level 'new here'\n  rapport training list -find 'lux conservator' -json",
		flags: []flag{topicFlag, {name: "department", value: "NAME", does: "only what is meant for that department, or for everyone"}, {name: "level", value: "LEVEL", does: "only what is meant for that level, or for everyone"}, findFlag, jsonFlag},
		run:   runTrainingList,
	}
}

func trainingShowVerb() *verb {
	return &verb{
		name: "training show", args: "NOTE", does: "Print a note as it is written, in Markdown",
		more:  "NOTE is its ID, the beginning of that, or words of its title. rapport history says who changed\nwhat.\n\n  rapport training show 'lux and uv' -at 2026-08-01",
		least: 1, most: 1, flags: []flag{{name: "at", value: "DATE", does: "the note as it was known on that day, like 2026-08-01"}, zoneFlag, jsonFlag}, run: runTrainingShow,
	}
}

func trainingAddVerb() *verb {
	return &verb{
		name: "training add", args: "TITLE [TEXT]", does: "Write a note on what the team learned",
		more: `TEXT is Markdown; without it, or as -, it is read from standard input. A link like
[Kestrel](rapport:account/kestrel.example) ties it to an account; contact, interaction and play
work alike. Where -account, -sector, -stage or -situation fits a meeting, its brief names the note.

  rapport training add 'Lux and UV' 'Say hours of light, never watts.' -topic 'Light and art' -sector Culture`,
		least: 1, most: 2, flags: []flag{topicFlag, departmentFlag, levelFlag,
			{name: "tag", value: "WORD", does: "a word to find it by", many: true},
			{name: "account", value: "ACCOUNT", does: "an account that it helps with", many: true},
			{name: "sector", value: "SECTOR", does: "a sector that it helps with, like Culture", many: true},
			{name: "stage", value: "STAGE", does: "where it helps: know, interest or trust", many: true},
			{name: "situation", value: "WHAT", does: "when it helps: late promise, silence, critic in the room, first meeting, first order, they owe us, open need, price, win back, leaving", many: true},
			fromFlag, jsonFlag}, run: runTrainingAdd,
	}
}

func trainingImportVerb() *verb {
	return &verb{
		name: "training import", args: "FILE|DIR", does: "Bring in notes from Markdown files with front matter",
		more: `Known keys are title, topic, department, level, by, date, tags, accounts, sectors, stages and
situations; others are kept. A folder is read with its subfolders. A file that was imported before
becomes a new version of its note. A file that cannot be kept is named with its line, and the rest
comes in. One undo takes all of it back.

  rapport training import notes/`,
		least: 1, most: 1, flags: []flag{jsonFlag}, run: runTrainingImport,
	}
}

func trainingExportVerb() *verb {
	return &verb{
		name: "training export", args: "DIR", does: "Write every note as a Markdown file, byte for byte as it came",
		more:  "A file that lies there with other words is left alone and named, unless -force is given.",
		least: 1, most: 1, flags: []flag{{name: "force", does: "write over files that say something else"}, jsonFlag}, run: runTrainingExport,
	}
}

type noteJSON struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Topic       string   `json:"topic"`
	Departments []string `json:"departments"`
	Level       string   `json:"level"`
	By          string   `json:"by"`
	On          string   `json:"on"`
	Tags        []string `json:"tags"`
	Accounts    []string `json:"accounts"`
	Sectors     []string `json:"sectors"`
	Stages      []string `json:"stages"`
	Situations  []string `json:"situations"`
	File        string   `json:"file"`
	Text        string   `json:"text"`
}

func noteOf(n data.TrainingNote) noteJSON {
	return noteJSON{n.ID, n.Title, n.Topic, full(n.Departments), string(n.Level), n.By, n.On, full(n.Tags), full(n.Accounts), full(n.Sectors),
		full(n.Stages), full(n.Situations), n.File, n.Body()}
}

func noteTitle(n data.TrainingNote) string { return n.Title }

func (c *call) staffLevel() (data.StaffLevel, error) {
	l := data.StaffLevel(strings.ToLower(strings.TrimSpace(c.text("level"))))
	if l != "" && l != "everyone" && !slices.Contains(data.StaffLevels, l) {
		return "", misuse(c.verb, "flag -level needs new here, practised or leads others; %q is none", string(l))
	}
	if l == "everyone" {
		l = ""
	}
	return l, nil
}

func runTrainingList(c *call) error {
	return c.read(func(db *store.DB) error {
		level, err := c.staffLevel()
		if err != nil {
			return err
		}
		all, err := store.Parts[data.TrainingNote](c.ctx, db, store.PartQuery{})
		if err != nil {
			return err
		}
		list := slices.DeleteFunc(all, func(n data.TrainingNote) bool {
			return !n.Says(c.text("find")) || !n.Audience().Fits(c.text("department"), level) || c.has("topic") && !strings.EqualFold(n.Topic, strings.TrimSpace(c.text("topic")))
		})
		data.SortNotes(list)
		if c.on("json") {
			return writeArray(c.out, each(list, noteOf))
		}
		if len(list) == 0 {
			c.note("no note is here like that; rapport training add writes one, training import brings them in")
			return nil
		}
		rows := make([][]string, len(list))
		for i, n := range list {
			who, at := n.Audience().Words()
			rows[i] = []string{shortID(n.ID), n.Topic, n.Title, who, at}
		}
		return table(c.out, []column{{head: "ID"}, {head: "TOPIC", most: 20}, {head: "TITLE", rest: true}, {head: "FOR", most: 24}, {head: "LEVEL"}}, rows)
	})
}

func runTrainingShow(c *call) error {
	return c.readNow(func(db *store.DB, now time.Time) error {
		n, err := partOf(c, db, c.args[0], noteTitle)
		if err != nil {
			return err
		}
		if c.has("at") {
			at, err := c.endOf(c.text("at"), now)
			if err != nil {
				return err
			}
			then, err := store.PartsAsKnown[data.TrainingNote](c.ctx, db, "", at)
			if err != nil {
				return err
			}
			i := slices.IndexFunc(then, func(o data.TrainingNote) bool { return o.ID == n.ID })
			if i < 0 {
				c.note("%s was not written yet on %s", n.Title, c.text("at"))
				return exitCode(exitFailed)
			}
			n = then[i]
		}
		if c.on("json") {
			return writeJSON(c.out, noteOf(n))
		}
		c.print(strings.TrimRight(plainLines(string(codec.WriteNote(n))), "\n") + "\n")
		return nil
	})
}

// plainLines is plainText for a text of several lines.
func plainLines(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i := range lines {
		lines[i] = plainText(lines[i])
	}
	return strings.Join(lines, "\n")
}

func runTrainingAdd(c *call) error {
	body := "-"
	if len(c.args) > 1 {
		body = c.args[1]
	}
	if body == "-" {
		b, err := io.ReadAll(io.LimitReader(c.in, codec.NoteSize+1))
		if err != nil {
			return err
		}
		body = string(b)
	}
	if len(body) > codec.NoteSize {
		return misuse(c.verb, "a note has at most %d MB", codec.NoteSize>>20)
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		level, err := c.staffLevel()
		if err != nil {
			return err
		}
		n := data.TrainingNote{Title: strings.TrimSpace(c.args[0]), Topic: strings.TrimSpace(c.text("topic")), Departments: trimmed(c.values["department"]), Level: level,
			Tags: trimmed(c.values["tag"]), Sectors: trimmed(c.values["sector"]), Stages: trimmed(c.values["stage"]), Situations: trimmed(c.values["situation"]), On: now.Format(time.DateOnly)}
		for _, ref := range c.values["account"] {
			a, err := known.account(ref)
			if err != nil {
				return err
			}
			n.Accounts = append(n.Accounts, a.Name)
		}
		if err := c.learnedFrom(db, &n.Belongs); err != nil {
			return err
		}
		if n.By, err = db.Setting(c.ctx, store.SettingUserName); err != nil {
			return err
		}
		if body != "" && !strings.HasSuffix(body, "\n") {
			body += "\n"
		}
		n = n.WithBlocks(codec.NoteBlocks(body))
		return keepPart(c, db, "Note written: "+n.Title, n, func(n data.TrainingNote) any { return noteOf(n) })
	})
}

// trimmed are the values of a flag without room around them, each once.
func trimmed(list []string) (kept []string) {
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" && !slices.Contains(kept, s) {
			kept = append(kept, s)
		}
	}
	return kept
}

type notesReadJSON struct {
	New       int              `json:"new"`
	Changed   int              `json:"changed"`
	Unchanged int              `json:"unchanged"`
	Broken    []brokenNoteJSON `json:"broken"`
}

type brokenNoteJSON struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

// noteFiles are the Markdown files that an argument means, by their paths from the
// folder.
func noteFiles(root string) (dir string, files []string, err error) {
	info, err := os.Stat(root)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil, fmt.Errorf("there is no file or folder %s", root)
	}
	if err != nil {
		return "", nil, err
	}
	if !info.IsDir() {
		return filepath.Dir(root), []string{filepath.Base(root)}, nil
	}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		ext := strings.ToLower(filepath.Ext(path))
		if !d.Type().IsRegular() || ext != ".md" && ext != ".markdown" {
			return nil
		}
		rel, err := filepath.Rel(root, path)
		files = append(files, filepath.ToSlash(rel))
		return err
	})
	return root, files, err
}

func runTrainingImport(c *call) error {
	dir, files, err := noteFiles(c.args[0])
	if err != nil {
		return err
	}
	return c.read(func(db *store.DB) error {
		have, err := store.Parts[data.TrainingNote](c.ctx, db, store.PartQuery{})
		if err != nil {
			return err
		}
		r := notesReadJSON{Broken: []brokenNoteJSON{}}
		var keep []data.TrainingNote
		for _, f := range files {
			n, err := noteIn(dir, f)
			if err != nil {
				r.Broken = append(r.Broken, brokenNote(f, err))
				continue
			}
			i := slices.IndexFunc(have, func(o data.TrainingNote) bool { return o.File == f })
			switch {
			case i < 0:
				r.New++
			case bytes.Equal(codec.WriteNote(have[i]), codec.WriteNote(n)):
				r.Unchanged++
				continue
			default:
				r.Changed++
				n.Belongs, n.Blocks = have[i].Belongs, have[i].WithBlocks(n.BlockList()).Blocks
			}
			keep = append(keep, n)
		}
		if len(keep) > 0 {
			if _, err := db.Write(c.ctx, "Imported "+data.Counted(len(keep), "note", "notes"), func(tx *store.Tx) error {
				for _, n := range keep {
					if err := tx.PutAnyPart(n); err != nil {
						return err
					}
				}
				return nil
			}); err != nil {
				return err
			}
		}
		return c.notesRead(r, len(files))
	})
}

func noteIn(dir, file string) (data.TrainingNote, error) {
	f, err := os.Open(filepath.Join(dir, filepath.FromSlash(file)))
	if err != nil {
		return data.TrainingNote{}, err
	}
	b, err := io.ReadAll(io.LimitReader(f, codec.NoteSize+1))
	if err := errors.Join(err, f.Close()); err != nil {
		return data.TrainingNote{}, err
	}
	return codec.ReadNote(file, b)
}

func brokenNote(file string, err error) brokenNoteJSON {
	var wrong *codec.NoteError
	if errors.As(err, &wrong) {
		return brokenNoteJSON{file, wrong.Line, wrong.Says}
	}
	return brokenNoteJSON{file, 0, err.Error()}
}

func (c *call) notesRead(r notesReadJSON, files int) error {
	var partly error
	if len(r.Broken) > 0 {
		partly = exitCode(exitPartly)
	}
	if c.on("json") {
		return cmp.Or(writeJSON(c.out, r), partly)
	}
	c.printf("%d of %d files are notes now: %d new, %d changed, %d as they were\n", files-len(r.Broken), files, r.New, r.Changed, r.Unchanged)
	for _, b := range r.Broken {
		if b.Line > 0 {
			c.printf("%s, line %d: %s\n", plainText(b.File), b.Line, plainText(b.Reason))
		} else {
			c.printf("%s: %s\n", plainText(b.File), plainText(b.Reason))
		}
	}
	if len(r.Broken) > 0 {
		c.printf("nothing of %s was taken over; mend and import again\n", data.Counted(len(r.Broken), "file", "files"))
	}
	return partly
}

type notesWrittenJSON struct {
	Written   int      `json:"written"`
	Unchanged int      `json:"unchanged"`
	LeftAlone []string `json:"leftAlone"`
}

func runTrainingExport(c *call) error {
	return c.read(func(db *store.DB) error {
		list, err := store.Parts[data.TrainingNote](c.ctx, db, store.PartQuery{})
		if err != nil {
			return err
		}
		r := notesWrittenJSON{LeftAlone: []string{}}
		taken := map[string]bool{}
		for _, n := range list {
			name := freeName(codec.NoteFile(n), n.ID, taken)
			if err := c.writeNote(filepath.Join(c.args[0], filepath.FromSlash(name)), name, codec.WriteNote(n), &r); err != nil {
				return err
			}
		}
		var partly error
		if len(r.LeftAlone) > 0 {
			partly = exitCode(exitPartly)
		}
		if c.on("json") {
			return cmp.Or(writeJSON(c.out, r), partly)
		}
		c.printf("%s written to %s, %d lay there already\n", data.Counted(r.Written, "note", "notes"), plainText(c.args[0]), r.Unchanged)
		for _, f := range r.LeftAlone {
			c.printf("%s says something else and was left alone; -force writes over it\n", plainText(f))
		}
		return partly
	})
}

// freeName is a file's name that no other note took: two notes of one name part by
// their IDs.
func freeName(name, id string, taken map[string]bool) string {
	if taken[strings.ToLower(name)] {
		ext := filepath.Ext(name)
		name = strings.TrimSuffix(name, ext) + "-" + shortID(id) + ext
	}
	taken[strings.ToLower(name)] = true
	return name
}

func (c *call) writeNote(path, name string, b []byte, r *notesWrittenJSON) error {
	was, err := os.ReadFile(path)
	switch {
	case err == nil && bytes.Equal(was, b):
		r.Unchanged++
		return nil
	case err == nil && !c.on("force"):
		r.LeftAlone = append(r.LeftAlone, name)
		return nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	r.Written++
	return os.WriteFile(path, b, 0o644)
}
