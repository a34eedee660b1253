package cli

import (
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func contactEraseVerb() *verb {
	return &verb{
		name: "contact erase", args: "CONTACT", does: "Erase a person for good, out of the history too",
		more: `For somebody who asks that what you keep of them is erased. It takes the contact and
what stands of them alone (promises, wishes, facts …) out of this workspace and out of
every space, for all members: their laptops take the values out with the next exchange
and seal anew, without them, what they had sent. Without -yes it says what would go.

It cannot be undone, and it cannot reach everything: what somebody read or copied; a
laptop that is never switched on again; old pieces on a hub, until whoever runs it takes
them away with rapport hub tidy. Mails and notes that mention the person stay; rapport leave-out add sender
forgets their mail.

  rapport contact erase "Anna Kessler"
  rapport contact erase "Anna Kessler" -yes`,
		least: 1, most: 1, flags: []flag{{name: "yes", does: "do it"}, jsonFlag}, run: runContactErase,
	}
}

type erasedJSON struct {
	Contact string         `json:"contact"`
	Things  map[string]int `json:"things"`
	Spaces  []string       `json:"spaces"`
	Done    bool           `json:"done"`
}

func runContactErase(c *call) error {
	return c.readNames(func(db *store.DB, known names, _ time.Time) error {
		s, err := known.person(c.args[0])
		if err != nil {
			return err
		}
		list, err := db.WouldErase(c.ctx, s.contact.ID)
		if err != nil {
			return err
		}
		j := erasedJSON{Contact: s.contact.Name, Things: map[string]int{}, Done: c.on("yes")}
		for _, t := range list {
			j.Things[t.Kind]++
		}
		if j.Spaces, err = db.SpacesOf(c.ctx, list); err != nil {
			return err
		}
		if j.Done {
			if err := db.ErasePerson(c.ctx, s.contact.ID); err != nil {
				return err
			}
		}
		if c.on("json") {
			j.Spaces = full(j.Spaces)
			return writeJSON(c.out, j)
		}
		c.sayErased(j)
		return nil
	})
}

func (c *call) sayErased(j erasedJSON) {
	if !j.Done {
		c.printf("%s would be erased for good, out of the history too: %s. Say -yes to do it; it cannot be undone.\n", j.Contact, data.CountedKinds(j.Things))
	} else {
		c.printf("%s is erased: %s\n", j.Contact, data.CountedKinds(j.Things))
	}
	if len(j.Spaces) > 0 {
		c.printf("The members of %s lose it too, each with their next exchanges. What they read or copied, and a laptop that never exchanges again, are beyond that.\n", strings.Join(j.Spaces, ", "))
	}
	c.printf("Mails and notes that mention them stay; rapport leave-out add sender forgets their mail.\n")
}
