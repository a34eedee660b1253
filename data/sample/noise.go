package sample

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// newsletter is a sender of mail to many.
type newsletter struct {
	from     party
	listID   string
	every    int // days
	subjects []string
	text     string
	headers  []string
}

var newsletters = []newsletter{
	{
		from: stranger("Lumen Weekly", "news@lumen-weekly.example", "", ""), listID: "Lumen Weekly <weekly.lumen-weekly.example>", every: 7,
		subjects: []string{"What a lux is worth", "Tubes are going, what now?", "Five readers, five dimmers", "The quiet return of amber", "Glare, measured at last"},
		text:     "This week: a long read about daylight in deep rooms, a short one about labels, and a reader who has replaced a chandelier with a smaller chandelier.\n\nYou get this because you signed up at the autumn fair. Unsubscribe with one click.",
	},
	{
		from: stranger("County Energy Office", "bulletin@county-energy.example", "", ""), listID: "<bulletin.county-energy.example>", every: 14,
		subjects: []string{"Grants for small works", "Energy award: dates", "New limits for outdoor light", "Questions and answers on grants"},
		text:     "The bulletin for companies and advisers. Grants for controls are open until the end of the quarter; the form is two pages and we have tested it on ourselves.",
		headers:  []string{"List-Unsubscribe: <https://county-energy.example/off>"},
	},
	{
		from: stranger("Lantern Fair", "hello@lanternfair.example", "", ""), listID: "<visitors.lanternfair.example>", every: 30,
		subjects: []string{"Halls and times", "Your badge", "Who speaks on Thursday", "Early prices end soon"},
		text:     "Three halls, two stages, and a dark room for those who would rather see light than hear about it.",
		headers:  []string{"Precedence: bulk"},
	},
}

// noise is mail that belongs on no timeline: newsletters, machines, colleagues
// among themselves, spam, drafts and the bin.
func noise(seed uint64, d days) []plan {
	w := newWriter(seed, "noise", cast{}, d)
	w.newsletters()
	w.machines()
	w.internal()
	w.outOfOffice()
	w.aside()
	return w.plans
}

// post plans a mail of its own, in the folder or, for "", where it would lie.
func (w *writer) post(folder string, l *letter, flags ...string) {
	if l.id == "" {
		l.id = messageID(w.r, l.from.Email)
	}
	if folder == "" {
		folder = w.d.folder(l.at, l.from.Email == maya.Email)
	}
	w.plans = append(w.plans, plan{at: l.at.Add(5 * time.Second), folder: folder, thread: &thread{letters: []*letter{l}}, flags: flags})
}

func (w *writer) newsletters() {
	for _, n := range newsletters {
		for ago := 1 + w.r.IntN(3); ago < span; ago += n.every {
			w.newsletter(n, ago)
		}
	}
}

func (w *writer) newsletter(n newsletter, ago int) {
	w.post("", &letter{
		at: w.d.at(ago, "06:05").Add(time.Duration(w.r.IntN(3000)) * time.Second), from: n.from, to: []party{ours(maya)},
		subject: pick(w.r, n.subjects), body: n.text, headers: append([]string{"List-Id: " + n.listID}, n.headers...),
	})
}

// filler is so many newsletters more, where a world was asked for more mails
// than its people came to write.
func filler(seed uint64, d days, n int) []plan {
	w := newWriter(seed, "filler", cast{}, d)
	for range n {
		w.newsletter(pick(w.r, newsletters), 1+w.r.IntN(span))
	}
	return w.plans
}

// machines write about orders, parcels, bills and mail that did not arrive.
func (w *writer) machines() {
	shop := stranger("Wholesale orders", "no-reply@nordlys-wholesale.example", "", "")
	parcels := stranger("Parcel service", "noreply@hurrypost.example", "", "")
	office := stranger("Office systems", "donotreply@larkfield-it.example", "", "")
	for ago := 2; ago < span; ago += 9 + w.r.IntN(8) {
		from, subject, text := shop, fmt.Sprintf("Order %d has left our store", 70000+w.r.IntN(9000)), "Your order has left our store. This address is not read by anybody."
		switch w.r.IntN(3) {
		case 1:
			from, subject, text = parcels, "A parcel for you tomorrow, between 9 and 12", "A parcel is on its way to Larkfield. Leave word where it may stay if nobody is in."
		case 2:
			from, subject, text = office, "Your password is valid for 14 more days", "Change it when it suits you. We do not send links, and nobody of ours will ask for it."
		}
		w.post("", &letter{at: w.d.officeTime(w.r, ago), from: from, to: []party{ours(maya)}, subject: subject, body: text, headers: []string{"Auto-Submitted: auto-generated"}})
	}
	for _, ago := range []int{17, 130, 244, 410, 602} {
		w.post("", &letter{
			at: w.d.at(ago, "10:31"), from: stranger("Mail Delivery", "mailer-daemon@larkfield.example", "", ""), to: []party{ours(maya)},
			subject: "Undelivered mail returned to sender",
			body:    "The mail below could not be delivered to one of its recipients.\n\n<old.address@saltmarsh.example>: user unknown",
			headers: []string{"Auto-Submitted: auto-replied"},
		})
	}
	// A shop that sets none of the headers: its address alone gives it away.
	for _, ago := range []int{21, 88, 190} {
		w.post("", &letter{at: w.d.at(ago, "19:00"), from: stranger("Bolt & Bracket", "no_reply@boltandbracket.example", "", ""), to: []party{ours(maya)}, subject: "Your receipt", body: "Thank you for shopping with us. The receipt is below.\n\n12 brackets, 4 packs of screws."})
	}
}

var internalTalk = []struct{ subject, ask, answer string }{
	{"Van on Thursday", "Who has the van on Thursday? I need it from noon, with the tall tower.", "You can have it from eleven. It needs fuel and an apology to the neighbours."},
	{"Spare drivers", "We are down to six spare drivers of the 40 watt kind. Order twenty, or wait for the new series?", "Twenty now. The new series is a promise, not a driver."},
	{"Stand-up notes", "Short today: two calls at night, both solved, one thank-you from the museum. Joris closes the month on Friday.", "Thanks. I have added the Pier 3 date."},
	{"Price list", "The list from January is in the shared folder. Please delete your own copies, all of them, also the one on your desk.", "Deleted, except for the one that I had framed."},
	{"Plan review", "Before the review: what does each of us think that the customer wants from us this year? One sentence each, no slides.", "Mine: to be left in peace for a year and to be sure that it holds."},
	{"Coaching on Wednesday", "Could we take the talk about bad news this time? I have one to give.", "Gladly. Bring the mail that you do not want to send."},
	{"Holiday list", "Please put your days in before the end of the month, otherwise the roster will do it for you.", "Done. I have left the week of the fair free."},
	{"Meter calibration", "The flicker meter goes to calibration on Monday and is away for a week. Speak up now.", "I need it on Tuesday night. Can it go on Wednesday?"},
}

func (w *writer) internal() {
	for ago := 3; ago < span-10; ago += 20 + w.r.IntN(8) {
		talk := pick(w.r, internalTalk)
		at := w.d.officeTime(w.r, w.d.workday(ago))
		from, to := pick(w.r, team[1:]), maya
		if w.r.IntN(3) == 0 {
			from, to = to, from
		}
		first := &letter{at: at, from: ours(from), to: []party{ours(to)}, subject: talk.subject, body: write(w.r, "", talk.ask, ours(from), ours(to), true), id: messageID(w.r, from.Email)}
		w.post("", first, `\Seen`)
		w.post("", &letter{
			at: at.Add(time.Duration(10+w.r.IntN(60)) * time.Minute), from: ours(to), to: []party{ours(from)}, subject: "Re: " + talk.subject,
			body: write(w.r, "", talk.answer, ours(to), ours(from), false), parent: first,
		}, `\Seen`)
	}
}

// outOfOffice are automatic answers of people who are known.
func (w *writer) outOfOffice() {
	for _, o := range []struct {
		ago                    int
		name, email, lang, say string
	}{
		{23, "Clara Whitlow", "clara.whitlow@aldervale.example", "Automatic reply: ", "I am on leave until Monday. In urgent cases ring the ward."},
		{47, "Nadia Brandt", "nadia.brandt@quayside.example", "Abwesenheitsnotiz: ", "Ich bin bis Ende der Woche nicht im Büro. In dringenden Fällen hilft Owen Pryce weiter."},
		{96, "Luc Maréchal", "luc.marechal@lindenrow.example", "Réponse automatique : ", "Je suis absent jusqu'au 2 et ne lis pas mes messages."},
		{160, "Petra Lindgren", "petra.lindgren@wexcombe.example", "Out of office: ", "I am away and will read this next week. For emergencies ring the repairs line."},
		{340, "Anna Kessler", "anna.kessler@kestrel.example", "Automatic reply: ", "I am away for the opening and back on Thursday."},
		{520, "Ola Brekke", "ola.brekke@northmoor.example", "Automatic reply: ", "Reading in the mountains. There is no signal, on purpose."},
	} {
		w.post("", &letter{
			at: w.d.at(o.ago, "11:02"), from: stranger(o.name, o.email, "", ""), to: []party{ours(maya)}, subject: o.lang + "Re: your mail",
			body: o.say, headers: []string{"Auto-Submitted: auto-replied (vacation)", "X-Auto-Response-Suppress: All"},
		})
	}
}

// aside fills the folders that are left out by default.
func (w *writer) aside() {
	for i, subject := range []string{"You have won a lighthouse", "RE: RE: urgent parcel fee", "Cheap lumens, best lumens", "Invoice attached (do not open)"} {
		w.post(junk, &letter{
			at: w.d.at(3+6*i, "03:12"), from: stranger("Prize desk", fmt.Sprintf("desk%d@too-good.example", i), "", ""), to: []party{ours(maya)},
			subject: subject, body: "Dear friend,\n\nyou have been chosen. Answer within the hour with your full name and the name of your bank.",
		})
	}
	nadia := stranger("Nadia Brandt", "nadia.brandt@quayside.example", "", "")
	w.post(drafts, &letter{
		at: w.d.at(1, "18:20"), from: ours(maya), to: []party{nadia}, subject: "Re: Numbers for the value review",
		body: "Dear Nadia,\n\na dark mast costs you, by your own log,",
	}, `\Draft`, `\Seen`)
	w.post(drafts, &letter{at: w.d.at(12, "19:01"), from: ours(maya), to: []party{ours(ruth)}, subject: "Holiday in March?", body: "Ruth,\n\nbefore I ask properly:"}, `\Draft`, `\Seen`)
	for i, subject := range []string{"Lunch?", "Wrong attachment, ignore", "Test"} {
		w.post(trash, &letter{at: w.d.at(15+20*i, "12:10"), from: ours(daniel), to: []party{ours(maya)}, subject: subject, body: "See subject."}, `\Seen`)
	}
}

// broken are mails as old and careless programs write them, from people who are
// known. Each is one fault that a reader of mail must survive.
func broken(c cast, d days) []plan {
	var plans []plan
	for _, f := range faults {
		at := d.at(f.ago, f.clock)
		who := c.person(f.from)
		raw := strings.NewReplacer(
			"{date}", at.Format(time.RFC1123Z), "{from}", who.Name+" <"+who.Emails[0]+">", "{email}", who.Emails[0],
			"{to}", maya.Name+" <"+maya.Email+">", "{id}", "<"+idOf(0, "broken", f.name)+"@"+domainOf(who.Emails[0])+">",
			"{quote}", hugeQuote(),
		).Replace(f.raw)
		raw = strings.ReplaceAll(raw, "\n", crlf)
		plans = append(plans, plan{at: at.Add(4 * time.Second), folder: d.folder(at, false), raw: []byte(raw), flags: []string{`\Seen`}})
	}
	return plans
}

// hugeQuote is what a conversation without editing grows to: 2,400 lines.
func hugeQuote() string {
	r := rand.New(rand.NewPCG(1, 1))
	var b strings.Builder
	for i := range 2400 {
		b.WriteString(strings.Repeat(">", 1+i/120) + " ")
		b.WriteString(pick(r, []string{"We looked at it again.", "Which hall do you mean?", "The one behind the café.", "Then it is the other breaker.", "I thought so.", "Please see below."}) + "\n")
	}
	return b.String()
}
