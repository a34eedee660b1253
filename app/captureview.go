package app

import (
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
)

// draw shows what the line is understood as.
func (c *capture) draw() {
	c.picks = nil
	rows := []fyne.CanvasObject{kit.NewPad(4, 0, 0, 0, kit.NewText(kit.Small, "Understood as").In(kit.Ink3))}
	empty := strings.TrimSpace(c.field.Text()) == ""
	if empty {
		rows = append(rows, kit.NewPad(8, 0, 8, 0, kit.NewParagraph(kit.Small, kit.Ink2,
			"Say what it was, with whom, when and how long. A line without a time is of now; one without “called” or “met” is a note.")))
	} else {
		rows = append(rows, c.kindFact(), c.accountFact())
		rows = append(rows, c.whoFacts()...)
		rows = append(rows, c.textFact())
	}
	if words := c.lacking(empty); words != "" {
		rows = append(rows, kit.NewPad(12, 0, 0, 0, kit.NewInfoBox(kit.Caution, "triangle-alert", words)))
	}
	if list := c.against(); len(list) > 0 && !empty {
		rows = append(rows, warning(list))
	}
	c.facts.Set(rows...)
	c.overlay.Relayout()
	c.view.Refresh()
}

// lacking is what went wrong, else what is still needed.
func (c *capture) lacking(empty bool) string {
	if c.trouble != "" {
		return c.trouble + "."
	}
	if empty || len(c.got.Missing) == 0 {
		return ""
	}
	return "Still needed: " + strings.Join(c.got.Missing, "; ") + "."
}

// kindFact is what it was, when, how long and with whom.
func (c *capture) kindFact() fyne.CanvasObject {
	now := c.w.now()
	words := data.DayWord(c.got.At, now)
	if words == "Yesterday" || words == "Today" {
		words = data.DayName(c.got.At, now)
	}
	if !c.got.DayOnly {
		words += ", " + data.Clock(c.got.At, now)
	}
	if c.got.Minutes > 0 {
		words += ", " + data.MinutesWord(c.got.Minutes)
	}
	if with := captureWith(c.got); with != "" {
		words += ", with " + with
	}
	return kit.NewFact(kindWord(c.got.Kind), understood(kit.NewIcon(kindIcon(c.got.Kind), 16, kit.Ink2), words), nil)
}

func understood(mark fyne.CanvasObject, words string) fyne.CanvasObject {
	return kit.NewColumns(9, []kit.Col{kit.Fixed(20), kit.Flex(1)}, mark, kit.NewText(kit.Body, words).Bending())
}

// accountFact is the account and why it is that one.
func (c *capture) accountFact() fyne.CanvasObject {
	choose := kit.NewLink("Choose", c.chooseAccount)
	c.picks = append(c.picks, choose)
	if c.got.Account.ID == "" {
		return kit.NewFact("Account", understood(kit.NewIcon("circle-help", 16, kit.Warm), "Not known yet"), choose)
	}
	choose.SetText("Change")
	a := c.got.Account
	tier := kit.NewTier(string(a.Tier))
	tier.Hidden = a.Tier == ""
	line := kit.NewColumns(9, []kit.Col{kit.Fixed(22), kit.Fit(), kit.Fit(), kit.Flex(1), kit.Fit()},
		kit.NewTile(data.Initials(a.Name), 22), kit.NewText(kit.Body, a.Name).Bending(), tier, kit.NewSpring(), kit.NewNote(c.got.AccountWhy))
	return kit.NewFact("Account", line, choose)
}

// whoFacts asks which of several people a name means; each can be chosen with
// Tab and Enter.
func (c *capture) whoFacts() []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, group := range candidateGroups(c.got.Candidates) {
		var chips []fyne.CanvasObject
		for _, p := range group {
			name := p.Name
			if a, ok := c.names.Account(p.AccountID); ok {
				name += ", " + a.Name
			}
			chip := kit.NewChip(name, "", false, func() { c.mean(p) })
			c.picks = append([]fyne.Focusable{chip}, c.picks...)
			chips = append(chips, kit.NewColumns(0, []kit.Col{kit.Fit(), kit.Flex(1)}, chip, kit.NewSpring()))
		}
		list = append(list, kit.NewFact("Which one", kit.NewStack(5, chips...), nil))
	}
	c.orderPicks()
	return list
}

// orderPicks puts the people before the account, as they are seen.
func (c *capture) orderPicks() {
	var people, rest []fyne.Focusable
	for _, f := range c.picks {
		if _, ok := f.(*kit.Chip); ok {
			people = append([]fyne.Focusable{f}, people...)
		} else {
			rest = append(rest, f)
		}
	}
	c.picks = append(people, rest...)
}

// candidatesShown is how many people of one name are offered.
const candidatesShown = 6

// candidateGroups parts the candidates by the name they share.
func candidateGroups(all []data.Contact) [][]data.Contact {
	var groups [][]data.Contact
next:
	for _, p := range all {
		for i, g := range groups {
			if sharesName(g[0].Name, p.Name) {
				if len(g) < candidatesShown {
					groups[i] = append(g, p)
				}
				continue next
			}
		}
		groups = append(groups, []data.Contact{p})
	}
	return groups
}

// textFact is what happened, in the words of the line.
func (c *capture) textFact() fyne.CanvasObject {
	words := text.Preview(c.got.Text, 160)
	if words == "" {
		words = "Nothing yet"
	}
	return kit.NewFact("Text", kit.NewColumns(9, []kit.Col{kit.Fixed(20).AtTop(), kit.Flex(1)},
		kit.NewIcon("quote", 16, kit.Ink2), kit.NewParagraph(kit.Body, kit.Ink, words).AtMost(3)), nil)
}
