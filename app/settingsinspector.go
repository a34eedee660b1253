package app

import (
	"fmt"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// sourceInspector shows the facts of the chosen source and what can be done.
type sourceInspector struct {
	s    *sources
	view fyne.CanvasObject
	body *kit.Stack
	room *kit.Scroll
}

func newSourceInspector(s *sources) *sourceInspector {
	i := &sourceInspector{s: s, body: kit.NewStack(0)}
	i.room = kit.NewScroll(kit.NewPad(22, 22, 22, 22, i.body))
	i.view = i.room
	return i
}

func (i *sourceInspector) draw(c *source) {
	if c == nil {
		i.body.Set(kit.NewParagraph(kit.Small, kit.Ink3, "What is known of a mailbox or calendar stands here."))
		i.room.Refresh()
		return
	}
	items := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, c.shown(), "", nil)}
	for _, f := range i.facts(*c) {
		items = append(items, knownFact(f[0], f[1]))
	}
	items = append(items, kit.NewSpace(10), i.actions(*c))
	if c.failed() {
		icon, tone := "circle-alert", kit.Late
		if c.offline() {
			icon, tone = "wifi-off", kit.Neutral
		}
		items = append(items, kit.NewSpace(14), kit.NewInfoBox(tone, icon, c.status.Problem+"."))
	}
	items = append(items, kit.NewSpace(26), kit.NewSectionHead(kit.BodyBold, "If you take it away", "", nil), kit.NewSpace(6),
		kit.NewParagraph(kit.Small, kit.Ink2, i.loss(*c)), kit.NewSpace(10),
		kit.NewRow(0, kit.NewSmallButton(kit.Danger, removeWords(*c), i.s.askRemove)))
	i.body.Set(items...)
	i.room.Refresh()
}

// knownFact is a name and what is known, over a hairline.
func knownFact(name, what string) fyne.CanvasObject {
	row := kit.NewColumns(12, []kit.Col{kit.Fit(), kit.Flex(1)}, kit.NewText(kit.Body, name).In(kit.Ink2), kit.NewText(kit.Body, what).Right().Bending())
	return kit.NewStack(0, kit.NewPad(7, 0, 6, 0, row), kit.NewHairline())
}

func (i *sourceInspector) facts(c source) [][2]string {
	now := i.s.w.now()
	last := "not yet"
	if !c.status.At.IsZero() {
		last = data.DayAndClock(c.status.At, now)
	}
	every := "every 5 min and on opening"
	if c.sample {
		every = "once, when it was made"
	}
	if c.imported() {
		return [][2]string{{"Read", "when it is imported"}, {"Last read", last}, {"Attachments", "names only"}}
	}
	if c.ofMail() {
		return [][2]string{{"Read", "with the mail"}, {"Kind", "invitations in mail"}}
	}
	if c.isFeed() {
		return [][2]string{{"Read", "once an hour"}, {"Last read", last}, {"News of", c.whose}, {"From", c.feed.Shown}, {"To share", "never; it stays here"}}
	}
	if !c.isMail() {
		kept := "link"
		switch {
		case c.calendar.Kind == data.DAVCalendar:
			kept = "CalDAV"
		case c.calendar.Path != "":
			kept = "file"
		}
		return [][2]string{{"Read", every}, {"Last read", last}, {"From", c.calendar.Shown}, {"Kind", kept}}
	}
	m := c.mailbox
	facts := [][2]string{{"Read", every}, {"Last read", last}, {"From", upperFirst(m.Span().Words(now))}, {"Folders", folderWords(m)},
		{"Whole up to", limitWord(m.WholeUpTo())}, {"Attachments", "names only"}, {"To share", m.Share.Words()}}
	if c.sample { // its server is gone
		return facts
	}
	facts = append(facts, [][2]string{
		{"Server", fmt.Sprintf("%s, port %d", m.Host, m.Port)}, {"Encryption", encryptionWords(m)}, {"User", m.User},
	}...)
	if keys := i.s.w.keys; keys != nil {
		facts = append(facts, [2]string{signInWords(m), keys.Where()})
	}
	return facts
}

// folderWords say which folders of a mailbox are read.
func folderWords(m data.Mailbox) string {
	words := "all but bin and junk"
	if len(m.Folders) > 0 {
		words = data.Counted(len(m.Folders), "folder", "folders") + " by name"
	}
	if len(m.LeaveOut) > 0 {
		words += ", without " + data.JoinAnd(m.LeaveOut)
	}
	return words
}

// signInWords name what a mailbox is signed in to with.
func signInWords(m data.Mailbox) string {
	if m.SignIn.Provider() != "" {
		return "Browser sign-in"
	}
	return "Password"
}

func (i *sourceInspector) actions(c source) fyne.CanvasObject {
	var first, second []fyne.CanvasObject
	if c.isMail() && !c.sample && !c.imported() {
		first = append(first, kit.NewLink("What to read", i.s.whatToRead))
		second = append(second, kit.NewLink("Change", i.s.changeMailbox))
		if c.mailbox.SignIn.Provider() != "" {
			second = append(second, kit.NewLink("Sign in again", i.s.signInAgain))
		} else {
			second = append(second, kit.NewLink("Change password", i.s.changePassword))
		}
	}
	if c.isFeed() && c.whose != "" {
		first = append(first, kit.NewLink("Open the timeline", func() { i.s.w.openAt(route{place: placeAccount, id: c.feed.Account}, target{tab: tabTimeline}) }))
	}
	if i.s.w.canRead() && !c.sample && !c.imported() && !c.ofMail() {
		first = append(first, kit.NewLink("Read now", i.s.w.readNow))
	}
	return kit.NewStack(6, kit.NewRow(14, first...), kit.NewRow(14, second...))
}

func (i *sourceInspector) loss(c source) string {
	if c.imported() {
		return "The files stay as they are. Here, the mails that only they brought go. What you wrote down stays, and so do your accounts and contacts."
	}
	if c.isMail() {
		return "The mailbox on the server stays as it is. Here, the mails that only it held go. What you wrote down stays, and so do your accounts and contacts."
	}
	if c.isFeed() {
		return "What they publish stays where it is. Here, the news that only this feed brought go. What you wrote down stays."
	}
	return "The calendar itself stays as it is. Here, the meetings that only it held go. What you wrote down stays."
}

func removeWords(c source) string {
	if c.imported() {
		return "Remove imported mail…"
	}
	if c.isMail() {
		return "Remove mailbox…"
	}
	if c.isFeed() {
		return "Remove feed…"
	}
	return "Remove calendar…"
}

// encryptionWords say how a mailbox's connection is protected.
func encryptionWords(m data.Mailbox) string {
	if m.Pinned != "" {
		return securityWords[m.Security] + ", one certificate that you accepted"
	}
	return securityWords[m.Security]
}
