package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/survey"
)

// volumeWords are the choices of how loud feedback is, as data.Volumes are.
var volumeWords = []string{"A shout", "Chatter", "A whisper"}

// feedbackForm asks for something that a customer told us.
type feedbackForm struct {
	partForm
	words, who, theme, on, owner *kit.Field
	level                        *kit.Segmented
	before                       data.Feedback
}

func newFeedbackForm(w *window, world partWorld, before data.Feedback) *feedbackForm {
	f := &feedbackForm{partForm: newPartForm(w, world), before: before}
	on, owner := before.On, before.Owner
	if before.ID == "" {
		on, owner = cmp.Or(on, f.now.Format(time.DateOnly)), cmp.Or(owner, world.me)
	}
	f.words = f.area("In their words", "Numbers, not slides.", before.Words, 3)
	f.level = f.choice("How loud", volumeAt(before.Level), volumeWords...)
	f.who = f.line("Who said it", "Ines Fournier", world.named(before.Contact))
	f.theme = f.line("About", "reports", before.Theme)
	f.on = f.line("When", "yesterday, Friday, 5 November", shownPast(on, f.now))
	f.owner = f.line("Who of us", "who sees to it", owner)
	return f
}

func volumeAt(v data.Volume) int {
	if i := slices.Index(data.Volumes, v); i >= 0 {
		return i
	}
	return len(data.Volumes) - 1
}

func (f *feedbackForm) feedback() (b data.Feedback, err error) {
	b = f.before
	b.Words, b.Theme, b.Owner, b.Level = strings.TrimSpace(f.words.Text()), strings.TrimSpace(f.theme.Text()), strings.TrimSpace(f.owner.Text()), data.Volumes[f.level.On]
	if b.Contact, err = f.partForm.who(f.who); err != nil {
		return b, err
	}
	b.On, err = f.pastDate("on", f.on)
	return b, err
}

// editFeedback asks for new feedback of the account that before names, or for a
// change of one.
func (w *window) editFeedback(before data.Feedback) {
	w.withParts(before.Account, func(world partWorld) {
		f := newFeedbackForm(w, world, before)
		askPart(w, f.partForm, "ear", "feedback", before, f.feedback, func(b data.Feedback) string { return said(b.Words) })
	})
}

// everybody is all accounts and the people there.
type everybody struct {
	accounts []data.Account
	contacts []data.Contact
}

// withEverybody reads them, and goes on.
func (w *window) withEverybody(then func(everybody)) {
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (e everybody, err error) {
		if e.accounts, err = w.db.Accounts(ctx); err != nil {
			return e, err
		}
		e.contacts, err = w.db.Contacts(ctx, "")
		return e, err
	}, func(e everybody, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		then(e)
	})
}

// named are the account and, where a person is meant, the contact of a name.
func (e everybody) named(ref string) (data.Account, data.Contact, error) {
	ref = strings.TrimSpace(ref)
	a, err := data.ResolveAccount(ref, e.accounts, nil)
	if err == nil && !strings.Contains(ref, "@") {
		return a, data.Contact{}, nil
	}
	c, err := data.ResolveContact(ref, e.contacts, e.accounts)
	if err != nil {
		return a, c, &data.Invalid{Field: "who", Says: "no account and nobody is called “" + ref + "”; write a name as it stands on their page"}
	}
	i := slices.IndexFunc(e.accounts, func(a data.Account) bool { return a.ID == c.AccountID })
	if i < 0 {
		return a, c, &data.Invalid{Field: "who", Says: c.Name + " belongs to no account"}
	}
	return e.accounts[i], c, nil
}

// addFeedback asks who told us, then what.
func (p *feedback) addFeedback() {
	p.w.withEverybody(func(e everybody) {
		f := newForm(p.w.bg)
		f.reads = true
		who := f.field("Who", kit.NewField("an account, or somebody there"))
		p.w.dialog(f, "ear", "Who told you something?", "Go on", func() {
			a, c, err := e.named(who.Text())
			if err != nil {
				f.say(err)
				return
			}
			p.w.dismiss()
			p.w.editFeedback(data.Feedback{Belongs: data.Belongs{Account: a.ID, Contact: c.ID}})
		})
	})
}

// fromAnswer makes feedback of an answer, or goes on with what was made of it.
func (p *feedback) fromAnswer(who survey.Person) {
	for _, f := range p.answer.facts.Feedback {
		if slices.ContainsFunc(who.Answers, func(a survey.PersonAnswer) bool { return a.ID == f.Answer }) {
			p.decide(f)
			return
		}
	}
	a := wordsOf(who)
	f := data.Feedback{Belongs: data.Belongs{Account: who.Ask.Account, Contact: who.Ask.Contact, Interaction: a.Interaction},
		Words: a.Words, On: a.Sent().In(p.w.now().Location()).Format(time.DateOnly), Answer: a.ID, Level: data.Chatter}
	if who.CloseBy != "" {
		f.Level = data.Shout
	}
	p.w.editFeedback(f)
}

// decideChoices are the choices of a decision, in their order.
var decideChoices = []data.Decision{data.Accepted, data.Declined, data.Later}

// decide asks what we do about feedback, and why.
func (p *feedback) decide(b data.Feedback) {
	f := partForm{form: newForm(p.w.bg), now: p.w.now()}
	why := f.area("Because", "in words that they may read", b.Why, 3)
	on := max(0, slices.Index(decideChoices, b.Decision))
	decision := f.choice("We", on, "Accept", "Decline", "Later")
	fits := f.line("Fits our aim", "cure, not treatment", b.Fits)
	owner := f.line("Who of us", "who sees to it", b.Owner)
	f.rows = append([]fyne.CanvasObject{besideLabel(kit.NewParagraph(kit.BodyQuote, kit.Ink, "“"+b.Words+"”").AtMost(4))}, f.rows...)
	p.w.dialog(f.form, "gavel", "Decide", "Keep", func() {
		b.Decision, b.Why, b.Fits, b.Owner = decideChoices[decision.On], strings.TrimSpace(why.Text()), strings.TrimSpace(fits.Text()), strings.TrimSpace(owner.Text())
		b.Decided = f.now.Format(time.DateOnly)
		if err := b.Check(); err != nil {
			f.say(err)
			return
		}
		p.w.keep(f.form, "Feedback "+string(b.Decision)+": "+said(b.Words), keeping(b), nil)
	})
}

// tell asks how the customer heard of it.
func (p *feedback) tell(b data.Feedback) {
	if b.Decision == "" || b.Decision == data.Later {
		p.w.say("Decide first, with D; then they can know")
		return
	}
	p.w.withParts(b.Account, func(world partWorld) {
		f := newPartForm(p.w, world)
		on := f.line("When", "yesterday, Friday, 5 November", shownPast(cmp.Or(b.Told, f.now.Format(time.DateOnly)), f.now))
		names := []string{"Not said"}
		for _, c := range data.Channels {
			names = append(names, upperFirst(string(c)))
		}
		how := f.choice("How", 1+slices.Index(data.Channels, b.How), names...)
		helped := f.line("Worked it out", "who of them helped, if anybody", world.named(first(b.Helped)))
		credit := f.line("Credit", "how they were thanked", b.Credit)
		p.w.dialog(f.form, "check", "They know what came of it", "Keep", func() {
			var err error
			if b.Told, err = f.pastDate("told", on); err == nil {
				b, err = f.told(b, how.On, helped, credit)
			}
			if err == nil {
				err = b.Check()
			}
			if err != nil {
				f.say(err)
				return
			}
			p.w.keep(f.form, "Told: "+said(b.Words), keeping(b), nil)
		})
	})
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// told fills in how they heard of it; how is 0 for not said.
func (f partForm) told(b data.Feedback, how int, helped, credit *kit.Field) (data.Feedback, error) {
	b.How, b.Credit = "", strings.TrimSpace(credit.Text())
	if how > 0 {
		b.How = data.Channels[how-1]
	}
	who, err := f.who(helped)
	if err == nil && who != "" && !slices.Contains(b.Helped, who) {
		b.Helped = append(slices.Clone(b.Helped), who)
	}
	return b, err
}

// writeOf begins a mail that tells somebody what came of their feedback. That they
// know is for the person to say, once it is sent.
func (p *feedback) writeOf(b data.Feedback, c data.Contact) {
	p.w.writeAbout(data.Address{Name: c.Name, Email: c.Emails[0]}, "What came of it: "+strings.TrimSuffix(b.Words, "."), nil)
}
