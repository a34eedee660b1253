package cli

import (
	"fmt"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/space"
)

func spaceAcceptVerb() *verb {
	return &verb{
		name: "space accept", args: "SPACE [WHO]", does: "Let in changes that were kept out",
		more: `What somebody wrote who was not allowed to is kept apart and touches nothing, on every
laptop. Without WHO it lists these changes: who wrote each, what it would do, and why it
is kept out. With WHO, a member's name, it lists theirs alone; unknown stands for laptops
that nobody told of. With -yes all that is listed of WHO is let in, on all laptops from
then on.

  rapport space accept Larkfield
  rapport space accept Larkfield "Jonas Weber"
  rapport space accept Larkfield "Jonas Weber" -yes`,
		least: 1, most: 2, flags: []flag{{name: "yes", does: "let it in"}, jsonFlag}, run: runSpaceAccept,
	}
}

type keptJSON struct {
	By    string `json:"by"`
	At    string `json:"at"`
	Kind  string `json:"kind"`
	ID    string `json:"id"`
	Title string `json:"title"`
	Does  string `json:"does"`
	Field string `json:"field"`
	Value string `json:"value"`
	Why   string `json:"why"`
}

func keptOf(k data.KeptChange) keptJSON {
	return keptJSON{k.By, k.At.UTC().Format(time.RFC3339), k.Kind, k.ID, k.Title, string(k.Deed), k.Field, k.Value, k.Why}
}

type acceptedJSON struct {
	Space    string `json:"space"`
	Accepted int    `json:"accepted"`
}

func runSpaceAccept(c *call) error {
	if c.on("yes") && len(c.args) == 1 {
		return misuse(c.verb, "-yes needs WHO: whose changes are to be let in")
	}
	return c.spaces(true, func(db *store.DB, all *space.Spaces) error {
		s, err := c.theSpace(db, c.args[0])
		if err != nil {
			return err
		}
		list, err := all.KeptOut(c.ctx, s.ID)
		if err != nil {
			return err
		}
		if len(c.args) == 1 {
			return c.listKept(s, list)
		}
		who, of := strings.TrimSpace(c.args[1]), []data.KeptChange(nil)
		for _, k := range list {
			if k.Person == who || strings.EqualFold(k.By, who) || k.By == "" && who == "unknown" {
				of = append(of, k)
			}
		}
		if len(of) == 0 {
			return fmt.Errorf("changes by %s that were kept out: %w; rapport space accept %q lists them", who, data.ErrNotFound, s.Name)
		}
		if !c.on("yes") {
			if err := c.listKept(s, of); err != nil {
				return err
			}
			c.note("say -yes to let %s into %s", data.Counted(len(of), "change", "changes"), s.Name)
			return nil
		}
		n, err := all.Accept(c.ctx, s.ID, of)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, acceptedJSON{s.Name, n})
		}
		c.printf("%s let into %s: %s\n", data.Counted(n, "change", "changes")+" by "+plainText(of[0].Who()), s.Name, "they hold on all laptops once these have exchanged")
		return nil
	})
}

func (c *call) listKept(s data.Space, list []data.KeptChange) error {
	if c.on("json") {
		return writeArray(c.out, each(list, keptOf))
	}
	if len(list) == 0 {
		c.note("nothing is kept out of %s", s.Name)
		return nil
	}
	var rows [][]string
	for _, k := range list {
		rows = append(rows, []string{k.Who(), plainText(k.Words(c.now())), k.WhyWords()})
	}
	return table(c.out, []column{{head: "BY", most: 28}, {head: "WHAT IT WOULD DO", most: 70}, {head: "WHY IT IS KEPT OUT", rest: true}}, rows)
}
