package cli

import (
	"cmp"
	"strings"

	"rapport/data"
	"rapport/data/store"
)

func spacePreviewVerb() *verb {
	return &verb{
		name: "space preview", args: "SPACE", does: "Show exactly what a member will see",
		more: `All that is in the space once everything from here has gone there, made by the
function that fills what is sent: each thing with its fields, and what is told of
each mail. Within a space all members see the same; -as says for whom you look.

  rapport space preview Larkfield -as "Jonas Weber"
  rapport space preview Larkfield -as "Jonas Weber" -json`,
		least: 1, most: 1, flags: []flag{{name: "as", value: "MEMBER", does: "whose view it is (else any member's)"}, jsonFlag}, run: runSpacePreview,
	}
}

type previewThingJSON struct {
	Kind   string            `json:"kind"`
	ID     string            `json:"id"`
	Title  string            `json:"title"`
	Fields map[string]string `json:"fields"`
}

type spacePreviewJSON struct {
	Space  string             `json:"space"`
	As     string             `json:"as"`
	Role   string             `json:"role"`
	Things []previewThingJSON `json:"things"`
	Mail   []data.Shared      `json:"mail"`
}

func runSpacePreview(c *call) error {
	return c.read(func(db *store.DB) error {
		s, err := c.theSpace(db, c.args[0])
		if err != nil {
			return err
		}
		var as data.Member
		if c.has("as") {
			if as, err = c.theMember(db, s, c.text("as")); err != nil {
				return err
			}
		}
		p, err := db.SpacePreview(c.ctx, s.ID)
		if err != nil {
			return err
		}
		if c.on("json") {
			j := spacePreviewJSON{Space: s.Name, As: as.Name, Role: string(as.Role), Things: []previewThingJSON{}, Mail: []data.Shared{}}
			for _, t := range p.Things {
				if t.Kind != data.KindObservation {
					j.Things = append(j.Things, previewThingJSON{t.Kind, t.ID, t.Title, t.Fields})
				}
			}
			for _, m := range p.Mail() {
				j.Mail = append(j.Mail, p.Names(m))
			}
			return writeJSON(c.out, j)
		}
		c.writeSpacePreview(p, as)
		return nil
	})
}

func (c *call) writeSpacePreview(p data.SpacePreview, as data.Member) {
	mail := p.Mail()
	if len(p.Things) == 0 {
		c.printf("%s sees nothing in %s yet\n", cmp.Or(as.Name, "everybody"), p.Space.Name)
		return
	}
	c.printf("%s sees in %s: %s, and is told of %s\n", cmp.Or(as.Name, "Everybody"), p.Space.Name, data.CountedKinds(p.Kinds()), data.Counted(len(mail), "mail", "mails"))
	for _, t := range p.Things {
		if t.Kind == data.KindObservation {
			continue
		}
		c.printf("\n%s: %s\n", t.Kind, t.Title)
		for _, f := range data.PreviewFields(t) {
			c.printf("  %s: %s\n", f.Name, f.Value)
		}
	}
	for _, m := range mail {
		c.printf("\nmail\n")
		for _, f := range data.SharedFields(p.Names(m), c.now()) {
			c.printf("  %s: %s\n", strings.ToLower(f.Name), f.Value)
		}
	}
}
