package cli

import (
	"strconv"
	"strings"

	"rapport/data"
	"rapport/data/store"
)

func policyListVerb() *verb {
	return &verb{name: "policy list", does: "List what each tier asks for: rhythm, effort and live people", flags: []flag{jsonFlag}, run: runPolicyList}
}

func policySetVerb() *verb {
	return &verb{
		name: "policy set", args: "A|B|C", does: "Change what a tier asks for",
		more:  "  rapport policy set A -every 7 -hours 120 -live 5",
		least: 1, most: 1, flags: []flag{
			{name: "every", value: "DAYS", does: "the rhythm in days"},
			{name: "hours", value: "N", does: "the hours that one account may take in a year"},
			{name: "touches", value: "N", does: "the touches of one account in a year; 0: as the rhythm asks"},
			{name: "live", value: "N", does: "the live people that it asks for"},
			{name: "template", value: "NAME", does: "the plan that such accounts begin with"},
			jsonFlag,
		}, run: runPolicySet,
	}
}

func policyHoursVerb() *verb {
	return &verb{
		name: "policy hours", args: "[N]", does: "Say, or show, how many hours a year the team has for its customers",
		more: "0 takes it back. Against it the capacity check is made.", most: 1, flags: []flag{jsonFlag}, run: runPolicyHours,
	}
}

type policyJSON struct {
	Tier     string `json:"tier"`
	Every    int    `json:"every"`
	Hours    int    `json:"hours"`
	Touches  int    `json:"touches"`
	Live     int    `json:"live"`
	Template string `json:"template"`
}

func policyOf(p data.Policy) policyJSON {
	return policyJSON{Tier: string(p.Tier), Every: p.Every, Hours: p.Minutes / 60, Touches: p.Touches, Live: p.Live, Template: p.Template}
}

type teamHoursJSON struct {
	Hours int `json:"hours"`
}

func runPolicyList(c *call) error {
	return c.read(func(db *store.DB) error {
		policies, err := db.Policies(c.ctx)
		if err != nil {
			return err
		}
		var list []data.Policy
		for _, t := range data.Tiers {
			list = append(list, policies[t])
		}
		if c.on("json") {
			return writeArray(c.out, each(list, policyOf))
		}
		for _, p := range list {
			c.printf("%s  %s\n", p.Tier, p.Words())
		}
		return nil
	})
}

func runPolicySet(c *call) error {
	tier, err := data.ParseTier(c.args[0])
	if err != nil {
		return err
	}
	if tier == "" || !c.changes() {
		return misuse(c.verb, "say the tier and what changes, like policy set A -every 7")
	}
	return c.read(func(db *store.DB) error {
		policies, err := db.Policies(c.ctx)
		if err != nil {
			return err
		}
		p := policies[tier]
		hours := p.Minutes / 60
		for flag, into := range map[string]*int{"every": &p.Every, "hours": &hours, "touches": &p.Touches, "live": &p.Live} {
			if c.has(flag) {
				if *into, err = c.number(flag); err != nil {
					return err
				}
			}
		}
		if c.has("hours") {
			p.Minutes = 60 * hours
		}
		c.overwrite(&p.Template, "template")
		p.ID = data.PolicyID(tier)
		return keepPart(c, db, "Tier "+string(tier)+": "+strings.Join(c.changed(), ", "), p, func(p data.Policy) any { return policyOf(p) })
	})
}

func runPolicyHours(c *call) error {
	return c.read(func(db *store.DB) error {
		if len(c.args) == 0 {
			n, err := db.TeamHours(c.ctx)
			if err != nil {
				return err
			}
			if c.on("json") {
				return writeJSON(c.out, teamHoursJSON{n})
			}
			c.printf("%d\n", n)
			return nil
		}
		n, err := strconv.Atoi(c.args[0])
		if err != nil || n < 0 {
			return misuse(c.verb, "hours are a number from 0 on; %q is none", c.args[0])
		}
		label := "The team has " + data.Counted(n, "hour", "hours") + " a year"
		if _, err := db.Write(c.ctx, label, func(tx *store.Tx) error { return tx.PutTeamHours(n) }); err != nil {
			return err
		}
		return c.done(label, func() any { return teamHoursJSON{n} })
	})
}
