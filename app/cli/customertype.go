package cli

import (
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func typeAddVerb() *verb {
	return &verb{
		name: "type add", args: "NAME", does: "Keep a type of customer: what is true of all of its kind",
		more: `An account of the type has what the type says, until its own facts say otherwise. A type
that is there already gets what is new. fact add lists the names of facts.

  rapport type add Museum -says "trend=fewer visitors in winter" -says "billing=yearly, in January"
  rapport account set kestrel.example -type Museum`,
		least: 1, most: 1, flags: []flag{{name: "says", value: "FACT=VALUE", does: "what is true of all of them", many: true}, jsonFlag}, run: runTypeAdd,
	}
}

func typeListVerb() *verb {
	return listing[data.Profile]{
		name: "type list", does: "List the types of customers", none: "there is no customer type yet; add one with rapport type add", team: true,
		columns: []column{{head: "TYPE", most: 28}, {head: "SAYS", rest: true}},
		row: func(_ names, p data.Profile, _ time.Time) []string {
			return []string{p.Name, strings.Join(profileSays(p), "; ")}
		},
		shape: func(n names, p data.Profile, _ time.Time) any { return profileOf(p) },
	}.verb()
}

type profileJSON struct {
	ID   string            `json:"id"`
	Name string            `json:"name"`
	Says map[string]string `json:"says"`
}

func profileOf(p data.Profile) profileJSON {
	if p.Says == nil {
		p.Says = map[string]string{}
	}
	return profileJSON{ID: p.ID, Name: p.Name, Says: p.Says}
}

func profileSays(p data.Profile) (list []string) {
	for _, n := range data.FactNames {
		if s := p.Says[n.Name]; s != "" {
			list = append(list, n.Name+": "+strings.ReplaceAll(s, "\n", ", "))
		}
	}
	return list
}

func runTypeAdd(c *call) error {
	return c.read(func(db *store.DB) error {
		p := data.Profile{Name: strings.TrimSpace(c.args[0])}
		list, err := store.Parts[data.Profile](c.ctx, db, store.PartQuery{})
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(list, func(have data.Profile) bool { return strings.EqualFold(have.Name, p.Name) }); i >= 0 {
			p = list[i]
		}
		for _, s := range c.values["says"] {
			name, value, ok := strings.Cut(s, "=")
			name, value = strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value)
			if !ok || name == "" {
				return misuse(c.verb, "flag -says needs a fact and its value, like trend=fewer visitors; %q is not that", s)
			}
			if p.Says == nil {
				p.Says = map[string]string{}
			}
			if f, _ := data.FactNameOf(name); f.Many && p.Says[name] != "" && value != "" {
				value = p.Says[name] + "\n" + value
			}
			p.Says[name] = value
		}
		return keepPart(c, db, "Customer type "+p.Name+" kept", p, func(p data.Profile) any { return profileOf(p) })
	})
}
