package cli

import (
	"rapport/data"
	"rapport/data/store"
	"rapport/sync/space"
)

func spaceForgetVerb() *verb {
	return &verb{
		name: "space forget", args: "SPACE", does: "Take a space that you left, or never got into, off this laptop",
		more: `Its pieces, its history, its members and its keys go. What you have of it stays as it is,
as yours alone; with -clear that goes too, and what you had brought in yourself is
again as it was then. Nobody is told, and it cannot be undone. Without -yes it says
what would happen. A member leaves first: rapport space remove SPACE YOUR-NAME.

  rapport space forget Larkfield -yes`,
		least: 1, most: 1, flags: []flag{{name: "clear", does: "what you have of it goes too"}, {name: "yes", does: "do it"}, jsonFlag}, run: runSpaceForget,
	}
}

type forgottenJSON struct {
	Space  string `json:"space"`
	Things int    `json:"things"`
	Kept   bool   `json:"kept"`
	Done   bool   `json:"done"`
}

func runSpaceForget(c *call) error {
	return c.spaces(true, func(db *store.DB, all *space.Spaces) error {
		s, err := c.theSpace(db, c.args[0])
		if err != nil {
			return err
		}
		keep := !c.on("clear")
		j := forgottenJSON{Space: s.Name, Kept: keep, Done: c.on("yes")}
		if j.Things, err = db.WouldForget(c.ctx, s.ID); err != nil {
			return err
		}
		if j.Done {
			if j.Things, err = all.Forget(c.ctx, s.ID, keep); err != nil {
				return err
			}
		}
		if c.on("json") {
			return writeJSON(c.out, j)
		}
		things := data.Counted(j.Things, "thing", "things")
		switch {
		case !j.Done && keep:
			c.printf("%s would go from this laptop; %s that you have of it would stay, as yours alone. Say -yes to do it, and -clear to let them go too.\n", s.Name, things)
		case !j.Done:
			c.printf("%s would go from this laptop, and %s that you have of it. Say -yes to do it.\n", s.Name, things)
		case keep:
			c.printf("%s is forgotten; %s that you had of it stay, as yours alone\n", s.Name, things)
		default:
			c.printf("%s is forgotten, and %s that you had of it\n", s.Name, things)
		}
		return nil
	})
}
