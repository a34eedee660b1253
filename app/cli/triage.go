package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func triageProposeVerb() *verb {
	return &verb{
		name: "triage propose", does: "Propose a tier for each account, with reasons",
		more: `The criteria are triage criteria's: what colleagues judged with triage mark comes before
what is counted. Transactional accounts are spared. triage apply takes proposals over.`,
		flags: []flag{zoneFlag, jsonFlag}, run: runTriagePropose,
	}
}

func triageMarkVerb() *verb {
	return &verb{
		name: "triage mark", args: "ACCOUNT CRITERION POINTS", does: "Judge an account by a criterion, 0 to 100",
		more:  `  rapport triage mark kestrel.example Potential 80 -why "opens a second site"`,
		least: 3, most: 3, flags: []flag{
			{name: "why", value: "WORDS", does: "the reason"},
			{name: "by", value: "NAME", does: "who judges; you, where nobody is named"},
			onFlag, jsonFlag,
		}, run: runTriageMark,
	}
}

func triageCriteriaVerb() *verb {
	return &verb{
		name: "triage criteria", args: "[NAME]", does: "List what accounts are sorted by, or change one",
		more: `With -weight or -counted a criterion is changed, or added where there is none of that name.
A weight of 0 leaves it out. Rapport can count ` + strings.Join(data.Counts, ", ") + `.

  rapport triage criteria "Years with us" -weight 1 -counted years`,
		most: 1, flags: []flag{
			{name: "weight", value: "N", does: "how much it weighs, 0 to 10"},
			{name: "counted", value: "WHAT", does: "what Rapport counts for it; empty where people judge"},
			jsonFlag,
		}, run: runTriageCriteria,
	}
}

func triageApplyVerb() *verb {
	return &verb{
		name: "triage apply", args: "[ACCOUNT …|-all]", does: "Take the proposed tiers over, for some accounts or all",
		more: `What the tiers would ask of the team is checked before. Where that is more than it has,
nothing is changed without -yes. One rapport undo takes all of it back.`,
		most: -1, flags: []flag{
			{name: "all", does: "all accounts whose proposal is another tier"},
			{name: "yes", does: "do so though the time does not suffice"},
			jsonFlag,
		}, run: runTriageApply,
	}
}

type triageJSON struct {
	Account   string   `json:"account"`
	AccountID string   `json:"accountId"`
	Tier      string   `json:"tier"`
	Proposed  string   `json:"proposed"` // "" where too little is known
	Points    float64  `json:"points"`
	Known     int      `json:"known"`
	Of        int      `json:"of"`
	Reasons   []string `json:"reasons"`
}

func triageOf(t data.Triage) triageJSON {
	return triageJSON{
		Account: t.Account.Name, AccountID: t.Account.ID, Tier: string(t.Account.Tier), Proposed: string(t.Proposed),
		Points: rounded(t.Points), Known: t.Known, Of: t.Of, Reasons: full(t.Reasons),
	}
}

func runTriagePropose(c *call) error {
	return c.readNow(func(db *store.DB, now time.Time) error {
		in, err := db.TriageInput(c.ctx, now)
		if err != nil {
			return err
		}
		list := in.Propose()
		if c.on("json") {
			return writeArray(c.out, each(list, triageOf))
		}
		if len(list) == 0 {
			c.note("there is no account to sort; add one with rapport account add")
			return nil
		}
		rows := make([][]string, len(list))
		for i, t := range list {
			proposed := string(t.Proposed)
			if proposed == "" {
				proposed = "–"
			}
			rows[i] = []string{t.Account.Name, string(t.Account.Tier), proposed, strconv.Itoa(int(t.Points + 0.5)), strings.Join(t.Reasons, "; ")}
		}
		if err := table(c.out, []column{{head: "ACCOUNT", most: 26}, {head: "NOW"}, {head: "PROPOSED"}, {head: "POINTS", right: true}, {head: "WHY", rest: true}}, rows); err != nil {
			return err
		}
		c.printf("\n%s\n", capacityLine("Now ", in.Capacity(nil)))
		c.printf("%s\n", capacityLine("As proposed ", in.Capacity(proposedTiers(list))))
		return nil
	})
}

func capacityLine(lead string, c data.Capacity) string {
	words := lead + c.Words()
	if fits, ok := c.Fits(); !ok {
		words += "; rapport policy hours says how many you have"
	} else if !fits {
		words += ", which is too few"
	}
	return words
}

func proposedTiers(list []data.Triage) map[string]data.Tier {
	choice := map[string]data.Tier{}
	for _, t := range list {
		if t.Proposed != "" {
			choice[t.Account.ID] = t.Proposed
		}
	}
	return choice
}

type markJSON struct {
	partJSON
	Criterion string `json:"criterion"`
	Points    int    `json:"points"`
	On        string `json:"on"`
	By        string `json:"by"`
	Why       string `json:"why"`
}

func runTriageMark(c *call) error {
	points, err := strconv.Atoi(c.args[2])
	if err != nil {
		return misuse(c.verb, "points are a number from 0 to 100; %q is none", c.args[2])
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		criterion, err := c.criterion(db, c.args[1])
		if err != nil {
			return err
		}
		p := data.Mark{Belongs: data.Belongs{Account: a.ID}, Criterion: criterion.ID, Points: points, Why: strings.TrimSpace(c.text("why"))}
		if p.By, err = c.owner(db, "by"); err != nil {
			return err
		}
		if p.On, err = c.dayOr("on", now); err != nil {
			return err
		}
		return keepPart(c, db, fmt.Sprintf("%s: %s %d of 100", a.Name, criterion.Name, points), p, func(p data.Mark) any {
			return markJSON{partJSON: known.part(p.Belongs), Criterion: criterion.Name, Points: p.Points, On: p.On, By: p.By, Why: p.Why}
		})
	})
}

// criterion finds a criterion by its name or ID.
func (c *call) criterion(db *store.DB, ref string) (data.Criterion, error) {
	own, err := store.Parts[data.Criterion](c.ctx, db, store.PartQuery{})
	if err != nil {
		return data.Criterion{}, err
	}
	var names []string
	for _, k := range data.CriteriaOf(own) {
		if k.ID == ref || strings.EqualFold(k.Name, strings.TrimSpace(ref)) {
			return k, nil
		}
		names = append(names, k.Name)
	}
	return data.Criterion{}, fmt.Errorf("criterion %q: %w; there is %s", ref, data.ErrNotFound, strings.Join(names, ", "))
}

type criterionJSON struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Weight  int    `json:"weight"`
	Counted string `json:"counted"`
}

func criterionOf(k data.Criterion) criterionJSON {
	return criterionJSON{ID: k.ID, Name: k.Name, Weight: k.Weight, Counted: k.Counted}
}

func runTriageCriteria(c *call) error {
	if len(c.args) == 0 && c.changes() {
		return misuse(c.verb, "say which criterion")
	}
	return c.read(func(db *store.DB) error {
		if c.changes() {
			return c.changeCriterion(db)
		}
		own, err := store.Parts[data.Criterion](c.ctx, db, store.PartQuery{})
		if err != nil {
			return err
		}
		list := data.CriteriaOf(own)
		if len(c.args) > 0 {
			one, err := c.criterion(db, c.args[0])
			if err != nil {
				return err
			}
			list = []data.Criterion{one}
		}
		if c.on("json") {
			return writeArray(c.out, each(list, criterionOf))
		}
		rows := make([][]string, len(list))
		for i, k := range list {
			counted := "judged by you"
			if k.Counted != "" {
				counted = "counted: " + k.Counted
			}
			rows[i] = []string{k.Name, strconv.Itoa(k.Weight), counted}
		}
		return table(c.out, []column{{head: "CRITERION", most: 40}, {head: "WEIGHT", right: true}, {head: "FROM", rest: true}}, rows)
	})
}

func (c *call) changeCriterion(db *store.DB) error {
	k, err := c.criterion(db, c.args[0])
	if err != nil {
		k = data.Criterion{Name: strings.TrimSpace(c.args[0]), Weight: 1}
	}
	if c.has("weight") {
		if k.Weight, err = c.number("weight"); err != nil {
			return err
		}
	}
	c.overwrite(&k.Counted, "counted")
	return keepPart(c, db, k.Name+": "+strings.Join(c.changed(), ", "), k, func(k data.Criterion) any { return criterionOf(k) })
}

type appliedJSON struct {
	Changed  []triageJSON `json:"changed"`
	Capacity capacityJSON `json:"capacity"`
	Done     bool         `json:"done"`
}

type capacityJSON struct {
	Hours int    `json:"hours"`
	Have  int    `json:"have"` // 0 where nobody said
	Fits  *bool  `json:"fits"` // null where nobody said
	Words string `json:"words"`
}

func capacityOf(k data.Capacity) capacityJSON {
	j := capacityJSON{Hours: k.Minutes / 60, Have: k.Have / 60, Words: k.Words()}
	if fits, ok := k.Fits(); ok {
		j.Fits = &fits
	}
	return j
}

func runTriageApply(c *call) error {
	if c.on("all") == (len(c.args) > 0) {
		return misuse(c.verb, "name accounts, or all of them with -all")
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		in, err := db.TriageInput(c.ctx, now)
		if err != nil {
			return err
		}
		list, err := c.proposalsMeant(in, known)
		if err != nil {
			return err
		}
		capacity := in.Capacity(proposedTiers(list))
		if fits, ok := capacity.Fits(); ok && !fits && !c.on("yes") {
			return fmt.Errorf("%s; nothing was changed: use -yes to do so all the same", capacity.Words())
		}
		if len(list) > 0 {
			if err := c.applyTiers(db, list, now); err != nil {
				return err
			}
		}
		if c.on("json") {
			return writeJSON(c.out, appliedJSON{Changed: mappedTo(list, triageOf), Capacity: capacityOf(capacity), Done: len(list) > 0})
		}
		if len(list) == 0 {
			c.note("no account is proposed another tier")
			return nil
		}
		for _, t := range list {
			c.printf("%s: %s\n", plainText(t.Account.Name), t.Proposed)
		}
		c.printf("%s\n%s in tiers as proposed; rapport undo takes it back\n", capacity.Words(), data.Counted(len(list), "account", "accounts"))
		return nil
	})
}

// proposalsMeant are the proposals of another tier, of the accounts named.
func (c *call) proposalsMeant(in store.TriageInput, known names) ([]data.Triage, error) {
	all := in.Propose()
	if c.on("all") {
		return slices.DeleteFunc(all, func(t data.Triage) bool { return !t.Changes() }), nil
	}
	var list []data.Triage
	for _, ref := range c.args {
		a, err := known.account(ref)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(all, func(t data.Triage) bool { return t.Account.ID == a.ID })
		switch {
		case i < 0:
			return nil, fmt.Errorf("%s is transactional, so it is spared; account set -care relational changes that", a.Name)
		case all[i].Proposed == "":
			return nil, fmt.Errorf("too little is known of %s to propose a tier; triage mark says more", a.Name)
		case all[i].Changes():
			list = append(list, all[i])
		}
	}
	return list, nil
}

func (c *call) applyTiers(db *store.DB, list []data.Triage, now time.Time) error {
	label := data.Counted(len(list), "account sorted into its tier", "accounts sorted into their tiers")
	if len(list) == 1 {
		label = list[0].Account.Name + " is tier " + string(list[0].Proposed)
	}
	_, err := db.Write(c.ctx, label, func(tx *store.Tx) error {
		for _, t := range list {
			if err := tx.PutAccount(t.Account.WithTier(t.Proposed, t.Why(), now.Format(time.DateOnly))); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}
