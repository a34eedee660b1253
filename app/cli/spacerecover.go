package cli

import (
	"rapport/data/store"
	"rapport/sync/space"
)

func spaceRecoverVerb() *verb {
	return &verb{
		name: "space recover", does: "Get your spaces back on a new laptop, with your recovery key",
		more: `The recovery key is what rapport recovery-key printed on the laptop that is gone. It is
read as one line from standard input, in any case, with or without its hyphens. All
spaces of yours that lie in the folder, at the place on the hub or in the bundle are on
this laptop then; nobody has to invite you.

  rapport space recover -folder ~/Nextcloud/Larkfield < recovery.txt
  rapport space recover -hub tls://nats1.larkfield.example -credentials maya.creds < recovery.txt
  rapport space recover -bundle larkfield.bundle < recovery.txt`,
		flags: append(placeFlags(), flag{name: "bundle", value: "FILE", does: "a bundle that a member exported"}, jsonFlag), run: runSpaceRecover,
	}
}

type recoveredJSON struct {
	Space   string `json:"space"`
	ID      string `json:"id"`
	Role    string `json:"role"`
	Again   bool   `json:"again"`
	Applied int    `json:"applied"`
	Began   int    `json:"began"`
}

func runSpaceRecover(c *call) error {
	if err := c.checkPlace(); err != nil {
		return err
	}
	ways := 0
	for _, name := range []string{"folder", "credentials", "bundle"} {
		if c.text(name) != "" {
			ways++
		}
	}
	if ways != 1 {
		return misuse(c.verb, "say where your spaces lie: one of -folder, -hub with -credentials, and -bundle")
	}
	typed, err := c.typedLine("recovery key")
	if err != nil {
		return err
	}
	return c.spaces(false, func(_ *store.DB, all *space.Spaces) error {
		if err := all.Recover(c.ctx, typed); err != nil {
			return err
		}
		place, err := c.place(all, nil)
		if err != nil {
			return err
		}
		list, failed := all.RecoverSpaces(c.ctx, place, c.text("bundle"))
		if err := c.printRecovered(list); err != nil {
			return err
		}
		if failed != nil && len(list) > 0 {
			c.note("%s", failed)
			return exitCode(exitPartly)
		}
		return failed
	})
}

func (c *call) printRecovered(list []space.Recovered) error {
	if c.on("json") {
		return writeArray(c.out, each(list, func(r space.Recovered) recoveredJSON {
			return recoveredJSON{r.Space.Name, r.Space.ID, string(r.Role), r.Again, r.Report.Received.Applied, r.Report.Began}
		}))
	}
	for _, r := range list {
		if r.Again {
			c.printf("%s is on this laptop already\n", r.Space.Name)
			continue
		}
		c.printf("%s is on this laptop again; you are its %s\n", r.Space.Name, r.Role)
		c.writeExchanged(exchangedOf(r.Space, r.Report))
	}
	return nil
}
