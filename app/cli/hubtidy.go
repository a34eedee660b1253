package cli

import (
	"errors"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/space"
)

func hubTidyVerb() *verb {
	return &verb{
		name: "hub tidy", args: "SPACE -creds FILE", does: "Take from a hub the pieces that others stand for, as after an erase",
		more: `Members may put pieces on a hub and take none away, so what somebody erased stays
there, sealed, in old pieces: whoever has the space's keys could open them. With the
credentials of the space's admin, which hub init wrote, this exchanges the space and
then takes away every piece for which a newer one lies on the hub. Run it on a laptop
that is a member, once the others have exchanged after the erase. Nothing that
somebody may still need goes.

  rapport hub tidy Larkfield -creds hub/keys/creds/rapport/SPACE/admin.creds`,
		least: 1, most: 1, flags: []flag{{name: "creds", value: "FILE", does: "the file with the admin's credentials"}, jsonFlag}, run: runHubTidy,
	}
}

type tidiedJSON struct {
	Space   string `json:"space"`
	Cleared int    `json:"cleared"`
}

func runHubTidy(c *call) error {
	if c.text("creds") == "" {
		return misuse(c.verb, "hub tidy needs -creds, the file with the credentials of the space's admin")
	}
	var creds []byte
	if err := readHubFile(c.text("creds"), &creds); err != nil {
		return err
	}
	return c.spaces(true, func(db *store.DB, all *space.Spaces) error {
		s, err := c.theSpace(db, c.args[0])
		if err != nil {
			return err
		}
		r, err := all.TidyHub(c.ctx, s.ID, creds)
		if err != nil && r.Cleared > 0 {
			err = errors.Join(err, errors.New(data.Counted(r.Cleared, "piece was", "pieces were")+" taken away before; run it again"))
		}
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, tidiedJSON{s.Name, r.Cleared})
		}
		if r.Cleared == 0 {
			c.printf("%s: nothing on the hub is stood for by something newer\n", s.Name)
			return nil
		}
		c.printf("%s: took %s away from the hub, for which newer ones lie there\n", s.Name, data.Counted(r.Cleared, "piece", "pieces"))
		return nil
	})
}
