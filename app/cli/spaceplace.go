package cli

import (
	"rapport/data"
	"rapport/data/store"
	"rapport/sync/space"
)

// placeFlags say where a space is carried.
func placeFlags() []flag {
	return []flag{
		{name: "folder", value: "DIR", does: "the folder that all members see"},
		{name: "hub", value: "URL", does: "a server of the team's own hub, as tls://host:4222", many: true},
		{name: "credentials", value: "FILE", does: "the file with your credentials for the place on the hub"},
		{name: "ca", value: "FILE", does: "the PEM of the authority behind the hub's certificates (else this laptop's)"},
		{name: "one", does: "take a hub of one server, for a test only"},
	}
}

// checkPlace says what is wrong with the flags of a place.
func (c *call) checkPlace() error {
	hub := c.has("hub") || c.has("credentials")
	switch {
	case c.has("folder") && c.text("folder") == "":
		return misuse(c.verb, "flag -folder needs a folder")
	case hub && c.has("folder"):
		return misuse(c.verb, "say -folder or -hub, not both")
	case c.has("hub") && c.text("credentials") == "":
		return misuse(c.verb, "-hub needs -credentials: the file that whoever runs the hub gave you")
	case !hub && (c.has("ca") || c.on("one")):
		return misuse(c.verb, "-ca and -one go with -hub")
	}
	return nil
}

// place is where a space is carried, by the flags; "" is by bundle files. hinted are
// the servers of a hub that are known already.
func (c *call) place(all *space.Spaces, hinted []string) (string, error) {
	if dir := c.text("folder"); dir != "" {
		return space.FolderPlace(dir)
	}
	if c.text("credentials") == "" {
		return "", nil
	}
	a := space.HubAccess{Servers: c.values["hub"], One: c.on("one")}
	if len(a.Servers) == 0 {
		a.Servers = hinted
	}
	if len(a.Servers) == 0 {
		return "", misuse(c.verb, "say with -hub where the hub is")
	}
	for name, into := range map[string]*[]byte{"credentials": &a.Credentials, "ca": &a.CA} {
		if err := readHubFile(c.text(name), into); err != nil {
			return "", err
		}
	}
	return all.HubPlace(c.ctx, a)
}

func spaceMoveVerb() *verb {
	return &verb{
		name: "space move", args: "SPACE", does: "Have a space be carried in another place",
		more: `All that is here is put there. The others move their own laptops in the same way, in
any order; what lies at the old place stays there until somebody removes it. The same
command gives a hub's new credentials.

  rapport space move Larkfield -hub tls://nats1.larkfield.example -credentials maya.creds
  rapport space move Larkfield -folder /srv/Larkfield`,
		least: 1, most: 1, flags: append(placeFlags(), jsonFlag), run: runSpaceMove,
	}
}

func runSpaceMove(c *call) error {
	if err := c.checkPlace(); err != nil {
		return err
	}
	if c.text("folder") == "" && c.text("credentials") == "" {
		return misuse(c.verb, "say where to, with -folder, or with -hub and -credentials")
	}
	return c.spaces(true, func(db *store.DB, all *space.Spaces) error {
		s, err := c.theSpace(db, c.args[0])
		if err != nil {
			return err
		}
		place, err := c.place(all, nil)
		if err != nil {
			return err
		}
		r, err := all.Move(c.ctx, s.ID, place)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, exchangedOf(s, r))
		}
		c.printf("%s is carried by %s now\n", s.Name, data.SpacePlaceWords(place))
		c.writeExchanged(exchangedOf(s, r))
		return nil
	})
}
