package sample

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"rapport/data"
)

// writer makes the mails that are written by hand.
type writer struct {
	r     *rand.Rand
	c     cast
	d     days
	plans []plan
}

func newWriter(seed uint64, stream string, c cast, d days) *writer {
	return &writer{r: rand.New(rand.NewPCG(seed, uint64(len(stream))<<40+uint64(stream[0]))), c: c, d: d}
}

// say is one mail of a conversation. Names are of colleagues, contacts or
// strangers, several with commas.
type say struct {
	ago     int
	clock   string
	from    string
	to, cc  string
	subject string // if it differs from the conversation's
	text    string // without greeting and name, if it has none of its own
	unread  bool
	attach  string
	headers []string
}

// thread plans a conversation in which each mail answers the one before.
func (w *writer) thread(subject, language string, says ...say) {
	t := &thread{}
	for i, s := range says {
		l := w.letter(s, language)
		l.subject = s.subject
		if l.subject == "" {
			l.subject = subject
			if i > 0 {
				l.subject = answerTo(subject, language, l.from)
			}
		}
		if i > 0 {
			l.parent = t.letters[i-1]
		}
		l.sign = i == 0 && l.from.firm != "" && !strings.Contains(s.text, "\n\n")
		t.letters = append(t.letters, l)
		w.plan(t, i, s.unread)
	}
}

func (w *writer) letter(s say, language string) *letter {
	from := w.party(s.from)
	l := &letter{
		id: messageID(w.r, from.Email), at: w.d.at(s.ago, s.clock).Add(time.Duration(w.r.IntN(50)) * time.Second),
		from: from, to: w.parties(s.to), cc: w.parties(s.cc), language: language, headers: s.headers,
	}
	l.body = s.text
	if !strings.Contains(s.text, "\n\n") {
		l.body = write(w.r, language, s.text, from, l.to[0], true)
	}
	if s.attach != "" {
		l.attached = []data.Attachment{{Name: s.attach, Type: mediaType(s.attach), Size: int64(600 + w.r.IntN(1500))}}
	}
	return l
}

func mediaType(name string) string {
	switch {
	case strings.HasSuffix(name, ".pdf"):
		return "application/pdf"
	case strings.HasSuffix(name, ".jpg"):
		return "image/jpeg"
	}
	return "application/octet-stream"
}

func (w *writer) plan(t *thread, step int, unread bool) {
	l := t.letters[step]
	mine := l.from.Email == maya.Email
	p := plan{at: l.at, folder: w.d.folder(l.at, mine), thread: t, step: step, flags: []string{`\Seen`}}
	if unread {
		p.flags = nil
	}
	if !mine {
		p.at = p.at.Add(11 * time.Second)
	}
	w.plans = append(w.plans, p)
}

func (w *writer) parties(names string) []party {
	var list []party
	for name := range strings.SplitSeq(names, ", ") {
		if name != "" {
			list = append(list, w.party(name))
		}
	}
	return list
}

func (w *writer) party(name string) party {
	for _, p := range team {
		if p.Name == name || strings.HasPrefix(p.Name, name+" ") {
			return ours(p)
		}
	}
	for _, s := range unknown {
		if s.Name == name || s.Email == name {
			return s
		}
	}
	for _, a := range w.c.accounts {
		for _, p := range a.people {
			if p.Name == name {
				return theirs(a, p)
			}
		}
	}
	panic(fmt.Sprintf("bug: sample: nobody is called %q", name))
}

// scripted are the conversations that the screens of the design show, and
// others that a story needs.
func scripted(seed uint64, c cast, d days) []plan {
	w := newWriter(seed, "scripted", c, d)
	w.kestrelThisMonth()
	w.kestrelBefore()
	w.waiting()
	w.lastWords()
	w.older()
	return w.plans
}

func (w *writer) kestrelThisMonth() {
	w.thread("Night access", "",
		say{ago: 11, clock: "09:05", from: "Tomas", to: "Anna Kessler, Piotr Malik", cc: "Maya", text: "After yesterday's walk: for the night test in Hall 2 we need the hall dark from 22:00 to 01:00, one guard, and the panel unlocked. We bring the flicker meter and two spare drivers. Nothing is drilled."},
		say{ago: 11, clock: "10:40", from: "Anna Kessler", to: "Tomas", cc: "Maya, Piotr Malik", text: "The guard is the difficult part. Security plans two weeks ahead. Would you do it with Piotr in the building instead?"},
		say{ago: 8, clock: "08:15", from: "Piotr Malik", to: "Anna Kessler, Tomas", cc: "Maya", text: "I can stay until one. Last time was terrible. Somebody has to tell the alarm company, or they come."},
		say{ago: 8, clock: "11:20", from: "Maya", to: "Anna Kessler, Piotr Malik", cc: "Tomas", text: "Thank you, Piotr, that is generous. Tomas writes to the alarm company today with Anna in copy. May we send you the agenda for the 17th in the same breath? Flicker first, then energy, then the cure and what it costs."},
		say{ago: 6, clock: "16:02", from: "Anna Kessler", to: "Maya", cc: "Tomas", text: "Alarm company has confirmed. Send me the agenda when you have it, and please keep it to one page."},
		say{ago: 4, clock: "15:30", from: "Maya", to: "Anna Kessler", cc: "Tomas, Daniel", attach: "Agenda winter loan review.pdf", text: "One page, attached. The flicker report is late on our side: the night test moved, and with it the readings. I would rather show you raw readings on the day than a report that pretends."},
		say{ago: 1, clock: "17:42", from: "Anna Kessler", to: "Maya", subject: "Agenda for tomorrow and one worry", unread: true, text: "Dear Maya,\n\nthe agenda is fine. My worry is Samuel: he joins tomorrow and has not seen what the hall costs us each month. I will name the budget holder for Hall 3 by Friday. Could we show him the energy numbers first?\n\nAnna"},
	)
	w.thread("Shimmer in Hall 2, again", "",
		say{ago: 5, clock: "09:18", from: "Beatrice Holm", to: "Maya", text: "Dear Maya,\n\nThe sculpture hall shimmers in every phone video. We open the winter loan on 12 March and the lenders have asked about it. Two of them have sent me clips, from last week, after the last reset.\n\nI know that Tomas comes whenever we call, and that is kind. But I cannot write to a lender that somebody comes whenever we call.\n\nWhat would make it stop?\n\nBeatrice"},
		say{ago: 5, clock: "11:24", from: "Maya", to: "Beatrice Holm", text: "Dear Beatrice,\n\nyou are right, and four resets in a year are four too many. The dimmers in Hall 2 are older than the lamps, and no reset changes that. What makes it stop is a new dimming bus: eleven groups, two weeks of nights, and it is measured before and after so that you have a number for the lenders.\n\nI bring the plan and the price on Tuesday. Until then Tomas sets the lowest level to 40%, which is clean on camera.\n\nMaya"},
		say{ago: 5, clock: "14:50", from: "Beatrice Holm", to: "Maya", text: "Thank you for not promising a reset. 40% is too much light for the bronzes' neighbours, so for this week only. See you on Tuesday."},
		say{ago: 4, clock: "08:40", from: "Maya", to: "Beatrice Holm", text: "For this week only. It is noted in the plan with Ines's limits beside it."},
	)
	w.thread("Site walk, Hall 2", "",
		say{ago: 12, clock: "17:35", from: "Priya", to: "Piotr Malik, Leon Hobday", cc: "Maya, Tomas", attach: "Site walk Hall 2.pdf", text: "Thank you both for the hour. What we decided: the night test is on, and a spare driver stays in the cabinet. What we promised: the flicker report (Tomas), a dimmer sample for the lab (Daniel), invoices split by site (Joris). Correct me where I misheard."},
		say{ago: 12, clock: "18:20", from: "Leon Hobday", to: "Priya, Piotr Malik", cc: "Maya", text: "One correction: the cable tray behind the plinths is listed, so no new fixings there. My colleague Sofia will send the drawing."},
		say{ago: 11, clock: "08:55", from: "Priya", to: "Leon Hobday, Piotr Malik", cc: "Maya", text: "Noted, no fixings in the tray. It is in the minutes now, in red."},
	)
}

func (w *writer) kestrelBefore() {
	w.thread("Loan list, first draft", "",
		say{ago: 32, clock: "11:20", from: "Beatrice Holm", to: "Maya", attach: "Loan list draft 1.pdf", text: "Here is the loan list in its first draft, 34 pieces, nine of them bronze. The lenders' limits are in the last column; where it says \"as usual\" I am asking again."},
		say{ago: 32, clock: "12:00", from: "Maya", to: "Beatrice Holm", text: "Thank you, this helps a great deal. I will put our levels beside it and mark the four that do not fit. \"As usual\" worries me too."},
	)
	w.thread("Conditions for loans, UV", "",
		say{ago: 36, clock: "14:12", from: "Ines Fournier", to: "Daniel", cc: "Maya", text: "Before I agree to anything in Hall 2: in 2024 the UV value on your sheet was wrong by a factor of ten and nobody noticed but me. I will send you the lux and UV limits for the loan objects by the 18th. I would like to test a dimmer in our lab before it hangs above an object."},
		say{ago: 36, clock: "16:45", from: "Daniel", to: "Ines Fournier", cc: "Maya", text: "You were right in 2024, and since then two of us sign each sheet. You get a dimmer for the lab as soon as the maker sends one without a sticker on it. Please break it."},
	)
	w.thread("Five minutes about the winter", "",
		say{ago: 41, clock: "08:05", from: "Martin Oyelaran", to: "Ruth", cc: "Maya", text: "Beatrice tells me that the light is the one thing that could embarrass us in March. I would like to hear from you that it is in hand. Five minutes are enough."},
		say{ago: 41, clock: "09:30", from: "Ruth", to: "Martin Oyelaran", cc: "Maya", text: "It is in hand, and it is not solved. Maya brings a cure to the November review instead of another reset. I will ring you after it, whatever the result."},
	)
	w.thread("Invoices by site", "",
		say{ago: 94, clock: "10:10", from: "Grace Oduya", to: "Maya", cc: "Joris", text: "Our four sites have four budgets from January. Could your invoices follow? I spend a morning each month splitting them by hand."},
		say{ago: 94, clock: "13:25", from: "Joris", to: "Grace Oduya", cc: "Maya", text: "They will, from 1 December at the latest; our system has to learn your site codes. Thank you for the list."},
	)
	w.thread("Re-aiming, eight people", "",
		say{ago: 250, clock: "15:15", from: "Piotr Malik", to: "Maya", text: "Eight of us should learn to re-aim lamps, and two have. Everybody is on the spring hanging now, so let us leave it until that is over. I will shout."},
		say{ago: 219, clock: "09:40", from: "Piotr Malik", to: "Maya", text: "This is me shouting. The hanging is done and people are back. When could Tomas come for the other six?"},
		say{ago: 219, clock: "10:22", from: "Maya", to: "Piotr Malik", cc: "Tomas", text: "Good to hear from you. I should have asked in between. Tomas can come on any Thursday, and he would like to do it with your own ladders."},
	)
}

func (w *writer) waiting() {
	w.thread("Numbers for the value review", "",
		say{ago: 6, clock: "10:30", from: "Maya", to: "Nadia Brandt, Owen Pryce", text: "For the 17th I bring energy by pier, hours lost, and what became of the spare heads. Is there a number that you need and that I have not thought of?"},
		say{ago: 1, clock: "11:18", from: "Nadia Brandt", to: "Maya", cc: "Owen Pryce", unread: true, text: "Yes, one: what a dark mast costs us in delays, as you count it, not as we do. Could I have it before the review? I would like to sleep on it.\n\nAnd have you met the people at Fenwick Foundry? Their yard is darker than our Pier 3 ever was. I named you to them on Thursday.\n\nNadia"},
	)
	w.thread("Invoice 2231, two sites mixed up", "",
		say{ago: 2, clock: "08:50", from: "Piet Groen", to: "Maya", unread: true, text: "Invoice 2231 has Pier 1 and Pier 3 in one line, and Pier 3 is on the project budget. I cannot book it like this. Could you let me have two invoices, or one with two lines? I know that it is Sunday where most people are."},
	)
	w.thread("Night-shift trial: which ward first?", "",
		say{ago: 9, clock: "14:05", from: "Maya", to: "Femi Adeyemi, Clara Whitlow", text: "For the night-shift trial we have twelve amber steps here. One ward for two weeks, then the other, and the night staff say which is better. Dates are ready when you are."},
		say{ago: 2, clock: "06:15", from: "Femi Adeyemi", to: "Maya", cc: "Clara Whitlow", unread: true, text: "Came off shift and thought of you. Ward 4 sleeps badly and would be grateful, Ward 7 has the more patient sister. Which ward first? And I need the dates for the rota by Friday."},
	)
}

// lastWords are the newest mails of accounts that have been quiet since.
func (w *writer) lastWords() {
	w.thread("First site walk", "",
		say{ago: 5, clock: "10:15", from: "Jun Takeda", to: "Elin", cc: "Maya", text: "The walk on Thursday is fine. Vests are at the gate. Please look at shed 4 first, before the trucks come in."},
		say{ago: 4, clock: "09:02", from: "Elin", to: "Jun Takeda", cc: "Maya", text: "Shed 4 first, then the cross-dock. We are two and bring our own helmets. Thank you for opening early."},
	)
	w.thread("L'éclairage du jardin", "fr",
		say{ago: 33, clock: "09:12", from: "Luc Maréchal", to: "Maya", text: "Merci pour vos deux propositions. La seconde nous plaît, mais rien ne presse : nous fermons le jardin jusqu'au printemps. Un seul message par semaine nous suffit, vous savez que je lis lentement."},
		say{ago: 33, clock: "11:40", from: "Maya", to: "Luc Maréchal", text: "Bien noté, et merci de le dire si clairement. Je garde la seconde proposition au chaud et je passe vous voir avant l'hiver."},
	)
	w.thread("Lampen für die Käserei", "de",
		say{ago: 40, clock: "07:50", from: "Hanna Voss", to: "Maya", text: "Rufen Sie mich bitte lieber an, statt zu schreiben. Ich stehe den ganzen Tag in der Halle und lese Mails erst abends, und dann nicht mehr mit Freude."},
		say{ago: 40, clock: "08:30", from: "Maya", to: "Hanna Voss", text: "Gern, ich rufe Sie übermorgen gegen halb sieben an, vor Ihrer Runde. Dann hat auch dieses Thema einen Haken."},
	)
	w.thread("Colour check above the press", "",
		say{ago: 197, clock: "10:05", from: "Gwen Pell", to: "Elin", cc: "Maya", text: "We have put the order for the second press off until next year, so there is nothing to light at the moment. It is not about you."},
		say{ago: 196, clock: "09:15", from: "Elin", to: "Gwen Pell", cc: "Maya", text: "Thank you for telling me straight. I will not fill your inbox; ring whenever the press comes up again, or if the colours drift."},
	)
	w.thread("Block 12, stair cores", "",
		say{ago: 52, clock: "15:20", from: "Petra Lindgren", to: "Joris", cc: "Maya", text: "The tenants' council has agreed to block 12. I will send you the list of flats with small children, so that the notices go there first."},
		say{ago: 51, clock: "10:48", from: "Joris", to: "Petra Lindgren", cc: "Maya", attach: "Order block 12.pdf", text: "Order confirmed, as attached. The notices are printed on our side, you only need to tell us the languages."},
	)
	w.thread("The county energy award", "",
		say{ago: 51, clock: "09:00", from: "Maya", to: "Isla Brannock", text: "The county asks for entries for the energy award, and your cold store belongs there. May we put the numbers together for you? You would sign it, we would only type."},
		say{ago: 51, clock: "12:45", from: "Isla Brannock", to: "Maya", text: "Type away. Dirk says we do not stand a chance, which usually means that we do."},
		say{ago: 50, clock: "08:30", from: "Maya", to: "Isla Brannock", attach: "Award entry Brannock.pdf", text: "Here is the entry, two pages. The cold store alone is worth 38 MWh a year. Please check the sentence about the cat."},
	)
	w.thread("The reef at night", "",
		say{ago: 25, clock: "11:05", from: "Noor Haddad", to: "Daniel", cc: "Maya", text: "The corals are spawning a week early and we think it is your moonlight channel. We are delighted and slightly alarmed."},
		say{ago: 24, clock: "09:50", from: "Daniel", to: "Noor Haddad", cc: "Maya", text: "The curve follows the real moon since the update in May. I can put it back by a week, but it seems a pity."},
	)
}

// older are conversations that other rooms refer to: how things began, and mail
// from addresses that only a domain gives away.
func (w *writer) older() {
	w.thread("Introduction at Pier 3", "",
		say{ago: 300, clock: "13:10", from: "Nadia Brandt", to: "Maya", text: "Owen takes over the piers from me in the new year. He likes drawings and dislikes surprises. Could you show him the lift plan before anybody else does?"},
		say{ago: 299, clock: "09:20", from: "Maya", to: "Owen Pryce", cc: "Nadia Brandt", attach: "Lift plan Pier 3.pdf", text: "Nadia says that you like drawings. Here is the one for Pier 3, with the crane slots in grey. I would be glad to walk it with you."},
		say{ago: 298, clock: "16:30", from: "Owen Pryce", to: "Maya", text: "Walked it alone this morning to see if it is true. It is. Let us talk about mast 6."},
	)
	w.thread("Delivery at the gate", "",
		say{ago: 62, clock: "06:40", from: "gate@quayside.example", to: "Maya", text: "A pallet for Larkfield stands at gate 2 and is in the way of the 08:10. Who fetches it?"},
		say{ago: 62, clock: "07:05", from: "Maya", to: "gate@quayside.example", cc: "Owen Pryce", text: "Sorry about that. Tomas is there at half past seven with the van."},
	)
	w.thread("Rota for the lamp round", "",
		say{ago: 75, clock: "13:00", from: "estates.desk@aldervale.example", to: "Maya", cc: "Femi Adeyemi", text: "The lamp round for next month needs a name for each Wednesday. We have put your night line for the first two; tell us if that is wrong."},
		say{ago: 74, clock: "09:10", from: "Maya", to: "estates.desk@aldervale.example", text: "The first two are right. For the others put Tomas, he knows the lifts."},
	)
	w.thread("Angebot für die Verladung, Rückfragen", "de",
		say{ago: 120, clock: "10:20", from: "Nadia Brandt", to: "Maya", text: "Für unsere Kollegen in Husum bräuchte ich Ihr Angebot noch einmal auf Deutsch, größere Schrift, weniger Abkürzungen. Dann ginge es schneller durch den Aufsichtsrat."},
		say{ago: 119, clock: "15:45", from: "Maya", to: "Nadia Brandt", attach: "Angebot Verladung.pdf", text: "Gern, es hängt an. Die Abkürzungen sind ausgeschrieben, und auf Seite zwei steht, was es nicht enthält."},
	)
	// The thread's German offer lies in the folder for offers.
	for i := len(w.plans) - 2; i < len(w.plans); i++ {
		w.plans[i].folder = accented
	}
}
