package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/codec"
	"rapport/data/store"
	"rapport/sync"
)

// planFile writes a sheet of an account to the file that -o names.
func (c *call) planFile(db *store.DB, a data.Account, s data.Sheet, now time.Time) error {
	path := c.text("o")
	made := "Made by Rapport on " + now.Format("2 Jan 2006")
	var b bytes.Buffer
	var err error
	switch ending := strings.ToLower(filepath.Ext(path)); {
	case c.on("correctable") && ending != ".html":
		return misuse(c.verb, "a page to correct is HTML; write it like -o kestrel.html")
	case ending == ".pdf":
		err = codec.WriteSheetPDF(&b, s, codec.SheetPrint{Paper: c.paper(), Now: now, Made: made})
	case ending == ".html":
		var back codec.SheetReturn
		if c.on("correctable") {
			if back, err = c.planReturn(db, a); err != nil {
				return err
			}
		}
		err = codec.WriteSheetHTML(&b, s, now, made, back)
	case ending == ".md":
		err = codec.WriteSheetMarkdown(&b, s, now, made)
	default:
		return misuse(c.verb, "flag -o needs a file that ends in .pdf, .html or .md; %q does not", path)
	}
	if err != nil {
		return err
	}
	if err := sync.WriteNew(path, b.Bytes()); err != nil {
		return err
	}
	c.printf("%s is written; look at it before you give it away\n", path)
	return nil
}

func (c *call) paper() codec.Paper {
	if c.on("letter") {
		return codec.Letter
	}
	return codec.A4
}

// planReturn is where a customer's corrections go: to the person at this laptop.
func (c *call) planReturn(db *store.DB, a data.Account) (codec.SheetReturn, error) {
	name, err := db.Setting(c.ctx, store.SettingUserName)
	if err != nil {
		return codec.SheetReturn{}, err
	}
	boxes, err := db.Mailboxes(c.ctx)
	back := codec.SheetReturn{Account: a.ID, From: name}
	if len(boxes) > 0 {
		back.Mail = boxes[0].Address
	}
	return back, err
}

func planCorrectionsVerb() *verb {
	return &verb{
		name: "plan corrections", args: "[ACCOUNT|FILE]", does: "Read what a customer corrected, or list what is offered",
		more: `FILE is what the page gave back (.json), or a saved mail into which it was pasted; - is
standard input. Nothing is taken over by itself: plan accept and plan decline decide.

  rapport plan corrections corrections-2026-11-17.json
  rapport plan corrections kestrel.example -all`,
		most: 1, flags: []flag{allFlag, jsonFlag}, run: runPlanCorrections,
	}
}

func planAcceptVerb() *verb {
	return &verb{
		name: "plan accept", args: "CORRECTION", does: "Take a customer's correction over", least: 1, most: 1, flags: []flag{jsonFlag}, run: runPlanAccept,
	}
}

func planDeclineVerb() *verb {
	return &verb{
		name: "plan decline", args: "CORRECTION", does: "Decline a customer's correction, with the reason", least: 1, most: 1,
		flags: []flag{{name: "why", value: "WORDS", does: "why; the customer is told"}, jsonFlag}, run: runPlanDecline,
	}
}

func planShownVerb() *verb {
	return &verb{
		name: "plan shown", args: "ACCOUNT [CONTACT]", does: "Say that the customer saw the joint version as it is now", least: 1, most: 2,
		flags: []flag{{name: "how", value: "WORDS", does: "how, like \"in a meeting\""}, onFlag, jsonFlag}, run: runPlanShown,
	}
}

type correctionJSON struct {
	partJSON
	Key      string `json:"key"`
	Register string `json:"register"`
	Section  string `json:"section"`
	Was      string `json:"was"`
	Becomes  string `json:"becomes"`
	On       string `json:"on"`
	By       string `json:"by"`
	Answer   string `json:"answer"`
	Why      string `json:"why"`
	Answered string `json:"answered"`
	Who      string `json:"who"`
}

func correctionOf(n names, x data.Correction) correctionJSON {
	return correctionJSON{
		partJSON: n.part(x.Belongs), Key: x.Key, Register: x.Register, Section: x.Section, Was: x.Was, Becomes: x.Becomes, On: x.On, By: x.By,
		Answer: string(x.Answer), Why: x.Why, Answered: x.Answered, Who: x.Who,
	}
}

type shownJSON struct {
	partJSON
	On  string `json:"on"`
	How string `json:"how"`
}

// correctionList is how corrections are listed.
var correctionList = listing[data.Correction]{
	none:    "no correction is offered",
	columns: []column{{head: "FROM", most: 18}, {head: "WAS", most: 36}, {head: "BECOMES", rest: true}, {head: "ANSWER"}},
	row: func(n names, x data.Correction, _ time.Time) []string {
		was := x.Was
		if x.Key == "" {
			was = "(new: " + x.Section + ")"
		}
		becomes := x.Becomes
		if x.Register == data.DoneRegister {
			becomes = "done " + becomes
		}
		return []string{x.By, was, becomes, string(x.Answer)}
	},
	shape: func(n names, x data.Correction, _ time.Time) any { return correctionOf(n, x) },
}

// maxAnswer is how much of an answer is read.
const maxAnswer = 4 << 20

// answerEndings are those of files that a customer's answer may be saved in; no account
// is named so.
var answerEndings = []string{".json", ".eml", ".txt"}

func runPlanCorrections(c *call) error {
	switch {
	case len(c.args) == 0:
		return c.listCorrections()
	case c.args[0] == "-" || isFile(c.args[0]):
	case slices.Contains(answerEndings, strings.ToLower(filepath.Ext(c.args[0]))):
		return fmt.Errorf("there is no file %s; save what they sent there, or give it with - on standard input", c.args[0])
	default:
		return c.listCorrections()
	}
	var from io.Reader = c.in
	if c.args[0] != "-" {
		f, err := os.Open(c.args[0])
		if err != nil {
			return err
		}
		defer f.Close()
		from = f
	}
	answer, err := io.ReadAll(io.LimitReader(from, maxAnswer))
	if err != nil {
		return err
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		list, err := codec.ReadCorrections(answer, now)
		if err != nil {
			return err
		}
		var kept []data.Correction
		if _, err := db.Write(c.ctx, "Corrections of a plan", func(tx *store.Tx) (err error) {
			kept, err = tx.OfferCorrections(list)
			return err
		}); err != nil {
			return err
		}
		if !c.on("json") && len(kept) == 0 {
			c.note("it says nothing that is not known")
			return nil
		}
		return correctionList.write(c, kept, known, now)
	})
}

// listCorrections lists what is offered, from joint spaces too, or with -all what was
// answered as well.
func (c *call) listCorrections() error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		q := store.PartQuery{}
		if len(c.args) > 0 {
			s, err := known.subject(c.args[0])
			if err != nil {
				return err
			}
			q = s.query()
		}
		list, err := db.OpenCorrections(c.ctx, q.Account)
		if err != nil {
			return err
		}
		if c.on("all") {
			all, err := store.Parts[data.Correction](c.ctx, db, q)
			if err != nil {
				return err
			}
			for _, x := range all {
				if x.Answer != "" {
					list = append(list, x)
				}
			}
		}
		if q.Contact != "" {
			list = slices.DeleteFunc(list, func(x data.Correction) bool { return x.Contact != q.Contact })
		}
		return correctionList.write(c, list, known, now)
	})
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// correctionName is what a correction is found by: what it says, or the step that is
// done.
func correctionName(x data.Correction) string {
	if x.Register == data.DoneRegister {
		return x.Was
	}
	return x.Becomes
}

// theCorrection is the one that ref names, of those that were answered and those that
// are offered, in joint spaces too.
func (c *call) theCorrection(db *store.DB, ref string) (data.Correction, error) {
	list, err := store.Parts[data.Correction](c.ctx, db, store.PartQuery{})
	if err != nil {
		return data.Correction{}, err
	}
	open, err := db.OpenCorrections(c.ctx, "")
	if err != nil {
		return data.Correction{}, err
	}
	for _, x := range open {
		if x.ReplyOf() != "" {
			list = append(list, x)
		}
	}
	return partAmong(list, ref, correctionName)
}

func runPlanAccept(c *call) error {
	return c.answerCorrection("Taken over: ", func(tx *store.Tx, x data.Correction, who string, now time.Time) (data.Correction, error) {
		return tx.TakeCorrection(x, who, now)
	})
}

func runPlanDecline(c *call) error {
	return c.answerCorrection("Declined: ", func(tx *store.Tx, x data.Correction, who string, now time.Time) (data.Correction, error) {
		return tx.DeclineCorrection(x, strings.TrimSpace(c.text("why")), who, now)
	})
}

func (c *call) answerCorrection(label string, answer func(*store.Tx, data.Correction, string, time.Time) (data.Correction, error)) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		x, err := c.theCorrection(db, c.args[0])
		if err != nil {
			return err
		}
		who, err := db.Setting(c.ctx, store.SettingUserName)
		if err != nil {
			return err
		}
		if _, err := db.Write(c.ctx, label+x.Becomes, func(tx *store.Tx) (err error) {
			x, err = answer(tx, x, who, now)
			return err
		}); err != nil {
			return err
		}
		return c.done(label+x.Becomes, func() any { return correctionOf(known, x) })
	})
}

func runPlanShown(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		in, err := db.PlanInput(c.ctx, a.ID, now)
		if err != nil {
			return err
		}
		s := data.Shown{Belongs: data.Belongs{Account: a.ID}, How: strings.TrimSpace(c.text("how")), Marks: data.JointSheet(data.ComposePlan(in).Sheet, now).ShownMarks()}
		if s.On, err = c.dayOr("on", now); err != nil {
			return err
		}
		label := "Plan of " + a.Name + " shown"
		if len(c.args) > 1 {
			who, err := known.contactOf(a, c.args[1])
			if err != nil {
				return err
			}
			s.Contact = who.ID
			label += " to " + who.Name
		}
		return keepPart(c, db, label, s, func(s data.Shown) any { return shownJSON{partJSON: known.part(s.Belongs), On: s.On, How: s.How} })
	})
}
