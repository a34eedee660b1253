package cli

import (
	"errors"
	"io/fs"
	"os"
	"strings"

	"rapport/data"
	"rapport/sync"
)

func hubInitVerb() *verb {
	return &verb{
		name: "hub init", args: "DIR", does: "Write the files of a team's own hub: servers, spaces, who may reach which",
		more: `A hub is three NATS servers or more that your team runs itself. DIR gets what each
server reads, and credentials, one file for each member of each space; keep it where
only those who run the hub can look. Run it again to add spaces and members; no key
changes. -revoke takes a member's credentials back once the servers have read the
accounts anew. No server is asked. docs/hub says how to go on.

  rapport hub init hub -server nats1.larkfield.example -server nats2.larkfield.example \
      -server nats3.larkfield.example -space SPACE -member maya -member anna`,
		least: 1, most: 1, flags: []flag{
			{name: "server", value: "HOST", does: "a server, by the name that laptops know it by", many: true},
			{name: "space", value: "SPACE", does: "a space's ID", many: true},
			{name: "member", value: "NAME", does: "who gets credentials for these spaces", many: true},
			{name: "revoke", value: "NAME", does: "whose credentials for these spaces are taken back", many: true},
			{name: "name", value: "NAME", does: "what the hub is called (else rapport)"},
			{name: "config", value: "DIR", does: "where the servers keep their certificates (else /etc/rapport-hub)"},
			{name: "store", value: "DIR", does: "where the servers keep the pieces (else /var/lib/rapport-hub)"},
		}, run: runHubInit,
	}
}

func runHubInit(c *call) error {
	spaces, members, gone := c.values["space"], c.values["member"], c.values["revoke"]
	if len(spaces) == 0 && len(members)+len(gone) > 0 {
		return misuse(c.verb, "say with -space which space members may reach")
	}
	p := sync.HubPlan{Name: c.text("name"), Hosts: c.values["server"], Config: c.text("config"), Store: c.text("store")}
	for _, id := range spaces {
		p.Spaces = append(p.Spaces, sync.HubSpace{ID: id, Members: members, Remove: gone})
	}
	fresh, err := sync.WriteHub(c.args[0], p)
	if err != nil {
		return err
	}
	for _, path := range fresh {
		c.printf("credentials  %s\n", plainText(path))
	}
	c.printf("Each server reads its own file and accounts.conf in %s; docs/hub says how to go on\n", plainText(c.args[0]+"/servers"))
	return nil
}

func hubCheckVerb() *verb {
	return &verb{
		name: "hub check", args: "-server URL -space SPACE -creds FILE", does: "Say whether a hub is safely set for a space, and make its place there",
		more: `It asks whether the hub encrypts, lets in nobody without credentials, keeps three
copies in files and lets nobody overwrite or remove a piece. With -system it also
asks each server whether it waits for its disk. The exit code is 1 when something is
wrong; Rapport puts nothing there then. -make makes the space's place first, or sets
it right, with the credentials of the space's admin. -one takes a hub of one server,
for a test only.

  rapport hub check -server tls://nats1.larkfield.example:4222 -space SPACE \
      -creds hub/keys/creds/rapport/SPACE/admin.creds -make`,
		flags: []flag{
			{name: "server", value: "URL", does: "a server of the hub, as tls://host:4222", many: true},
			{name: "space", value: "SPACE", does: "the space's ID"},
			{name: "creds", value: "FILE", does: "the file with the credentials"},
			{name: "system", value: "FILE", does: "the file with the system account's credentials"},
			{name: "ca", value: "FILE", does: "the PEM of the authority behind its certificates (else this laptop's)"},
			{name: "make", does: "make the space's place, or set it right"},
			{name: "one", does: "take one server, for a test only"},
			jsonFlag,
		}, run: runHubCheck,
	}
}

type hubJSON struct {
	Faults  []string `json:"faults"`
	Unseen  []string `json:"unseen"`
	Servers []string `json:"servers"`
}

func runHubCheck(c *call) error {
	for _, name := range []string{"server", "space", "creds"} {
		if c.text(name) == "" {
			return misuse(c.verb, "hub check needs -%s", name)
		}
	}
	s := sync.HubSettings{Servers: c.values["server"], Space: c.text("space"), Unsafe: c.on("one")}
	var system []byte
	for name, into := range map[string]*[]byte{"creds": &s.Creds, "ca": &s.CA, "system": &system} {
		if err := readHubFile(c.text(name), into); err != nil {
			return err
		}
	}
	if c.on("make") {
		if err := sync.MakeOnHub(c.ctx, s); err != nil {
			return err
		}
	}
	r, err := sync.CheckHub(c.ctx, s, system)
	if err != nil {
		return err
	}
	if c.on("json") {
		err = writeJSON(c.out, hubJSON{full(r.Faults), full(r.Unseen), full(r.Servers)})
	} else {
		c.writeHub(r)
	}
	if err == nil && len(r.Faults) > 0 && !c.on("one") {
		err = &data.Problem{Kind: data.HubUnsafe, About: s.Servers[0], Once: true}
	}
	return err
}

// readHubFile reads a file that a flag names; none names nothing.
func readHubFile(path string, into *[]byte) (err error) {
	if path == "" {
		return nil
	}
	*into, err = os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &data.Problem{Kind: data.NoFile, About: path, Cause: err}
	case errors.Is(err, fs.ErrPermission):
		return &data.Problem{Kind: data.Forbidden, About: path, Cause: err}
	}
	return err
}

func (c *call) writeHub(r sync.HubReport) {
	if len(r.Servers) > 0 {
		c.printf("servers   %s\n", plainText(strings.Join(r.Servers, ", ")))
	}
	for _, fault := range r.Faults {
		c.printf("wrong     %s\n", plainText(fault))
	}
	for _, unseen := range r.Unseen {
		c.printf("not seen  %s\n", plainText(unseen))
	}
	if len(r.Faults) == 0 {
		c.printf("Safely set for this space\n")
	}
}
