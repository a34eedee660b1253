package app

import (
	"strings"
	"time"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
)

// personRow is a person in the pane.
type personRow struct {
	framed
	face         *kit.Avatar
	name, second *kit.Text
	band         *kit.WarmthDisc
	ago          *kit.Text
}

func newPersonRow() *personRow {
	r := &personRow{face: kit.NewAvatar("", kit.Customer, 30), name: kit.NewText(kit.BodyBold, ""), band: kit.NewWarmthDot(kit.NeverMet),
		second: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(), ago: kit.NewText(kit.Small, "").In(kit.Ink3)}
	name := kit.NewColumns(7, []kit.Col{kit.Fit(), kit.Fit(), kit.Flex(1)}, r.name, r.band, kit.NewSpring())
	line := kit.NewColumns(10, []kit.Col{kit.Fixed(30), kit.Flex(1), kit.Fit()}, r.face, kit.NewStack(0, name, r.second), r.ago)
	r.body = filledUnder(kit.NewPad(0, 22, 0, 22, line), kit.NewPad(0, 22, 0, 22, kit.NewHairline()))
	r.ExtendBaseWidget(r)
	return r
}

func (r *personRow) set(p data.Person, s data.ContactStanding, now time.Time, current bool) {
	r.face.Lifted = current
	never := !p.Met && p.Last.At.IsZero()
	r.face.Set(data.Initials(text.Name(p.Name, p.Email)), toneOf(p.Side), !p.Met)
	r.name.Set(text.Preview(text.Name(p.Name, p.Email), personLetters))
	r.band.Set(bandMark(s.Warmth.Band), "")
	r.band.Hidden = s.Contact.ID == ""
	r.second.Set(aboutPerson(p, s.Stakeholder))
	r.second.Hidden = r.second.Text == ""
	r.ago.In(kit.Ink3)
	r.ago.Set(strings.TrimSuffix(data.Ago(p.Last.At, now), " ago"))
	if never {
		r.ago.In(kit.Alert)
		r.ago.Set("Never met")
	}
	r.body.Refresh()
}

// personLetters is how many letters of a name the pane has room for.
const personLetters = 24

// aboutPerson is what somebody does there and what they are to us, else their
// address, and whether nobody of us has met them who spoke with us.
func aboutPerson(p data.Person, s data.Stakeholder) string {
	about := p.Role
	for _, role := range s.Roles {
		if !strings.Contains(strings.ToLower(about), string(role)) {
			about = strings.TrimPrefix(about+", "+string(role), ", ")
		}
	}
	if about == "" {
		about = p.Email
	}
	if !p.Met && !p.Last.At.IsZero() {
		about = strings.TrimPrefix(about+", never met", ", ")
	}
	return upperFirstWord(about)
}

// upperFirstWord begins with a capital letter what is no address.
func upperFirstWord(s string) string {
	if first, _, _ := strings.Cut(s, " "); strings.Contains(first, "@") {
		return s
	}
	return upperFirst(s)
}

// wishRow is how somebody there likes to be dealt with.
type wishRow struct {
	framed
	icon  *kit.Icon
	words *kit.Text
	left  *kit.Tag
}

func newWishRow() *wishRow {
	r := &wishRow{icon: kit.NewIcon("", 16, kit.Ink2), words: kit.NewText(kit.Body, "").Bending(), left: kit.NewTag(kit.Caution, "triangle-alert", "")}
	r.body = kit.NewPad(0, 22, 0, 22, kit.NewColumns(9, []kit.Col{kit.Fixed(16), kit.Flex(1), kit.Fit()}, r.icon, r.words, r.left))
	r.ExtendBaseWidget(r)
	return r
}

// wishIcon is the picture of a wish.
func wishIcon(p data.Preference) string {
	switch p.Rule {
	case data.AtMost:
		return "gauge"
	case data.Hours:
		return "clock"
	case data.Never:
		return "bell-off"
	case data.Avoid:
		return "message-circle"
	case data.Every:
		return "repeat"
	}
	return map[data.Channel]string{data.ByMail: "mail", data.ByCall: "phone", data.ByMeeting: "users", data.ByVisit: "map-pin"}[p.Channel]
}

func (r *wishRow) set(w data.Wish) {
	r.icon.Set(wishIcon(w.Preferences[0]), kit.Ink2)
	r.words.Set(w.Words)
	r.left.Hidden = w.Left < 0
	switch w.Left {
	case 0:
		r.left.Set(kit.Late, "circle-alert", w.LeftWords())
	case 1:
		r.left.Set(kit.Caution, "triangle-alert", w.LeftWords())
	default:
		r.left.Set(kit.Neutral, "", w.LeftWords())
	}
	r.body.Refresh()
}

// peopleHeadRow is a heading within the pane.
type peopleHeadRow struct {
	framed
	head *kit.SectionHead
}

func newPeopleHeadRow(add func()) *peopleHeadRow {
	r := &peopleHeadRow{head: kit.NewSectionHead(kit.BodyBold, "", "", kit.NewLink("Add", add))}
	r.body = kit.NewPad(18, 22, 0, 22, r.head)
	r.ExtendBaseWidget(r)
	return r
}

// peopleNoteRow is a line of small words within the pane.
type peopleNoteRow struct {
	framed
	words *kit.Text
}

func newPeopleNoteRow() *peopleNoteRow {
	r := &peopleNoteRow{words: kit.NewText(kit.Small, "").In(kit.Ink2).Bending()}
	r.body = kit.NewPad(0, 22, 0, 22, r.words)
	r.ExtendBaseWidget(r)
	return r
}
