package app

import (
	"slices"
	"strings"

	"rapport/app/kit"
	"rapport/data"
)

// accountsOffered is how many accounts the floating list names.
const accountsOffered = 7

// filingChooser is the floating list in which another account is chosen by
// typing, or a new one made.
type filingChooser struct {
	p       *filing
	about   []data.Proposal
	group   data.DomainGroup // a new account is named after it; zero for several domains
	whole   bool             // the account gets the domain
	view    *kit.Palette
	overlay *kit.Overlay
	rows    []kit.PaletteRow
	choices []data.Account // one for each row; no name for headings
}

// choose lets the person choose where those chosen belong.
func (p *filing) choose() {
	list := p.chosen()
	if len(list) == 0 {
		return
	}
	group := data.DomainGroup{}
	for _, i := range p.rows {
		if i.kind != filingSender || !slices.ContainsFunc(list, func(a data.Proposal) bool { return a.Sender.Email == i.key() }) {
			continue
		}
		if group.Domain != "" && group.Domain != i.group.Domain {
			group = data.DomainGroup{}
			break
		}
		group = i.group
	}
	p.openChooser(&filingChooser{p: p, about: list, group: group})
}

// chooseFor lets the person choose the account of a whole domain.
func (p *filing) chooseFor(list []data.Proposal, group data.DomainGroup) {
	p.openChooser(&filingChooser{p: p, about: list, group: group, whole: true})
}

func (p *filing) openChooser(c *filingChooser) {
	who := thousands(len(c.about)) + " senders"
	if len(c.about) == 1 {
		who = senderName(c.about[0].Sender)
	}
	c.view = kit.NewPalette("File " + who + " to which account?").To("file")
	c.overlay = kit.NewOverlay(kit.PaletteWidth, c.view)
	c.overlay.OnClose = p.focus
	c.view.OnType = c.type_
	c.view.OnEscape = c.overlay.Close
	c.view.OnChoose = c.take
	p.chooser = c
	c.type_("")
	p.w.pop(c.overlay, c.view.Focusable())
}

// type_ lists the accounts that were typed so far, and a new one: first where
// nothing speaks for any other.
func (c *filingChooser) type_(typed string) {
	words := queryWords(typed)
	found := c.matching(words)
	c.rows, c.choices = nil, nil
	a := c.fresh(typed)
	known := slices.ContainsFunc(found, func(f data.Account) bool { return strings.EqualFold(f.Name, a.Name) })
	newFirst := typed == "" && len(a.Domains) > 0 && !c.proposed()
	if newFirst && !known {
		c.offerNew(a)
	}
	if len(found) > 0 {
		c.add(kit.PaletteRow{Group: "Accounts"}, data.Account{})
	}
	for _, f := range found[:min(len(found), accountsOffered)] {
		c.add(kit.PaletteRow{Initials: kit.Initials(f.Name), Spans: described(f.Name, words, strings.Join(f.Domains, ", "))}, f)
	}
	if a.Name != "" && !newFirst && !known {
		c.offerNew(a)
	}
	note := ""
	if len(found) > accountsOffered {
		note = thousands(len(found)) + " accounts; type to find one"
	}
	c.view.SetRows(c.rows, note)
	c.overlay.Relayout()
}

func (c *filingChooser) add(row kit.PaletteRow, a data.Account) {
	c.rows, c.choices = append(c.rows, row), append(c.choices, a)
}

// offerNew offers to make an account.
func (c *filingChooser) offerNew(a data.Account) {
	spans := []kit.Span{{Text: "Make the account "}, {Text: a.Name, Role: kit.BodyBold}}
	if len(a.Domains) > 0 {
		spans = append(spans, kit.Span{Text: "for its whole domain", Role: kit.Small, Tint: kit.Ink3, Gap: 10})
	}
	c.add(kit.PaletteRow{Group: "New"}, data.Account{})
	c.add(kit.PaletteRow{Icon: "plus", Spans: spans}, a)
}

// proposed says whether any of those to be filed seems to belong somewhere.
func (c *filingChooser) proposed() bool {
	return slices.ContainsFunc(c.about, func(p data.Proposal) bool { return p.Account.ID != "" })
}

// matching are the accounts by name or domain, those proposed first.
func (c *filingChooser) matching(words []string) []data.Account {
	var first, rest []data.Account
	for _, a := range c.p.answer.in.Accounts {
		switch {
		case !matches(a.Name+" "+strings.Join(a.Domains, " "), words):
		case slices.ContainsFunc(c.about, func(p data.Proposal) bool { return p.Account.ID == a.ID }):
			first = append(first, a)
		default:
			rest = append(rest, a)
		}
	}
	return append(first, rest...)
}

// fresh is the account that would be made: under the name typed, else under that
// of the domain, which becomes its own.
func (c *filingChooser) fresh(typed string) data.Account {
	a := data.Account{Name: strings.Join(strings.Fields(typed), " ")}
	if c.group.Domain == "" || c.group.Public {
		return a
	}
	a.Domains = []string{c.group.Domain}
	if a.Name == "" {
		a.Name = accountNameOf(c.group.Domain)
	}
	return a
}

// take files to the account of a row. With a new one of a domain, everybody at
// the domain goes there.
func (c *filingChooser) take(row int) {
	if row < 0 || row >= len(c.choices) || c.choices[row].Name == "" {
		return
	}
	a, list, domain := c.choices[row], c.about, ""
	if c.whole {
		domain = c.group.Domain
	}
	if a.ID == "" && len(a.Domains) > 0 {
		list, domain = c.p.ofDomain(c.group.Domain), c.group.Domain
	}
	c.overlay.Close()
	c.p.fileTo(list, a, domain)
}
