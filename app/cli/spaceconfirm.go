package cli

import (
	"fmt"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/space"
)

func spaceConfirmVerb() *verb {
	return &verb{
		name: "space confirm", args: "SPACE [WHO]", does: "Let in, or refuse, who came by a short code",
		more: `Without WHO it lists who waits for your yes. Have each read out their fingerprint, aloud
or in person, and confirm only where all its letters are the same: until then they get
no key. WHO is their name or their fingerprint. Who is refused gets nothing, is told so,
and is let in by nobody in the space with an invitation made before; the code still works
for whom it was meant. A new invitation takes a refusal back: whoever made it is asked
again. Who was refused is listed too.

  rapport space confirm Larkfield
  rapport space confirm Larkfield "Jonas Weber"
  rapport space confirm Larkfield "Jonas Weber" -refuse`,
		least: 1, most: 2, flags: []flag{{name: "refuse", does: "do not let them in"}, jsonFlag}, run: runSpaceConfirm,
	}
}

type askerJSON struct {
	Space       string `json:"space"`
	ID          string `json:"id"`
	Name        string `json:"name"`
	Laptop      string `json:"laptop"`
	Fingerprint string `json:"fingerprint"`
	MeantFor    string `json:"meantFor"`
	Side        string `json:"side"`
	Role        string `json:"role"`
	Since       string `json:"since"`
	State       string `json:"state"`     // waiting, confirmed or refused
	RefusedBy   string `json:"refusedBy"` // who refused them, by name; "" for nobody
}

func askerOf(s data.Space, a data.Asker, state string) askerJSON {
	return askerJSON{s.Name, a.Person, a.Name, a.Laptop, space.Fingerprint(a.Person), a.MeantFor, string(a.Side), string(a.Role), a.At.UTC().Format(time.RFC3339), state, a.RefusedBy}
}

// turnedAwayOf is who was refused, among those who wait.
func turnedAwayOf(s data.Space, a data.TurnedAway) askerJSON {
	return askerOf(s, data.Asker{Person: a.Person, Name: a.Name, MeantFor: a.MeantFor, At: a.At, RefusedBy: a.By}, "refused")
}

func runSpaceConfirm(c *call) error {
	if len(c.args) == 1 {
		if c.on("refuse") {
			return misuse(c.verb, "say who is refused: their name or their fingerprint")
		}
		return c.read(c.listAskers)
	}
	return c.spaces(true, func(db *store.DB, all *space.Spaces) error {
		s, err := c.theSpace(db, c.args[0])
		if err != nil {
			return err
		}
		a, err := c.theAsker(db, s, c.args[1])
		if err != nil {
			return err
		}
		do, state, words := all.Confirm, "confirmed", "%s is a member of %s now\n"
		if c.on("refuse") {
			do, state, words = all.TurnAway, "refused", "%s is refused, on all laptops, and gets nothing of %s\n"
		}
		if err := do(c.ctx, s.ID, a.Person); err != nil {
			return err
		}
		if c.on("json") {
			away, err := db.TurnedAway(c.ctx, s.ID)
			for _, one := range away {
				if one.Person == a.Person {
					a.RefusedBy = one.By
				}
			}
			if err != nil {
				return err
			}
			return writeJSON(c.out, askerOf(s, a, state))
		}
		c.printf(words, plainText(a.Name), s.Name)
		return nil
	})
}

func (c *call) listAskers(db *store.DB) error {
	s, err := c.theSpace(db, c.args[0])
	if err != nil {
		return err
	}
	list, err := db.Askers(c.ctx, s.ID)
	if err != nil {
		return err
	}
	away, err := db.TurnedAway(c.ctx, s.ID)
	if err != nil {
		return err
	}
	if c.on("json") {
		var all []askerJSON
		for _, a := range list {
			all = append(all, askerOf(s, a, "waiting"))
		}
		for _, a := range away {
			all = append(all, turnedAwayOf(s, a))
		}
		return writeArray(c.out, asTheyAre(all))
	}
	if len(list) == 0 {
		c.note("nobody waits for your yes to come into %s", s.Name)
	}
	for _, a := range list {
		c.printf("%s\n  %s\n  %s\n", plainText(a.Name), plainText(a.Words()), space.Fingerprint(a.Person))
	}
	if len(list) > 0 {
		c.note("have each read out their fingerprint; where it is the same: rapport space confirm %q NAME", s.Name)
	}
	for _, a := range away {
		c.printf("%s\n  %s\n  %s\n", plainText(a.Name), plainText(a.Words(c.now())), space.Fingerprint(a.Person))
	}
	return nil
}

// theAsker is who is meant by a name, an ID or a fingerprint, of those who wait.
func (c *call) theAsker(db *store.DB, s data.Space, ref string) (data.Asker, error) {
	list, err := db.Askers(c.ctx, s.ID)
	if err != nil {
		return data.Asker{}, err
	}
	plain := func(s string) string { return strings.ToLower(strings.NewReplacer("-", "", " ", "").Replace(s)) }
	var found []data.Asker
	for _, a := range list {
		if plain(a.Person) == plain(ref) {
			return a, nil
		}
		if strings.EqualFold(a.Name, strings.TrimSpace(ref)) {
			found = append(found, a)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return data.Asker{}, fmt.Errorf("%s: %w among those who wait to come into %s; rapport space confirm %q lists them", ref, data.ErrNotFound, s.Name, s.Name)
	}
	return data.Asker{}, &data.Invalid{Field: "who", Says: fmt.Sprintf("%d who wait call themselves %s; say the fingerprint", len(found), ref)}
}
