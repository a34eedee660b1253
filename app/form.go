package app

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/sync"
)

// form is a column of labelled fields over a line for what is wrong and the
// buttons.
type form struct {
	bg      *background
	rows    []fyne.CanvasObject
	fields  []*kit.Field
	trouble *kit.Paragraph
	wait    *kit.Text
	slot    slot
	// changed, if set, is called when the form needs another height.
	changed func()
}

func newForm(bg *background) *form {
	f := &form{bg: bg, trouble: kit.NewParagraph(kit.Small, kit.Alert, ""), wait: kit.NewText(kit.Small, "").In(kit.Ink2).Bending()}
	f.trouble.Hide()
	return f
}

// labelWidth is the room for the names of fields.
const labelWidth = 108

// add puts a labelled object under the others.
func (f *form) add(label string, o fyne.CanvasObject) {
	f.rows = append(f.rows, kit.NewColumns(12, []kit.Col{kit.Fixed(labelWidth), kit.Flex(1)}, kit.NewText(kit.Body, label).In(kit.Ink2).Bending(), o))
}

// field adds a labelled field.
func (f *form) field(label string, field *kit.Field) *kit.Field {
	f.add(label, field)
	f.fields = append(f.fields, field)
	return field
}

// body is all fields and the line for what is wrong.
func (f *form) body() *kit.Stack {
	return kit.NewStack(10, append(append([]fyne.CanvasObject{}, f.rows...), f.trouble, f.wait)...)
}

// say shows what is wrong, or nothing for nil.
func (f *form) say(err error) {
	if f.changed != nil {
		defer f.changed()
	}
	f.wait.Set("")
	if err == nil {
		f.trouble.Hide()
		return
	}
	what, todo := troubleWords(err)
	text := what + "."
	if todo != "" {
		text += " " + todo + "."
	}
	f.trouble.Set(kit.Span{Text: text, Role: kit.Small, Tint: kit.Alert})
	f.trouble.Show()
}

// waiting says after a moment what is being waited for.
func (f *form) waiting(what string) {
	f.say(nil)
	f.slot.slow = func() { f.wait.Set(what) }
}

// securities are the ways to connect, in the order of the choice.
var securities = []data.Security{data.TLS, data.StartTLS, data.Plain}

// sinces are how many months back mail is read, in the order of the choice.
var sinces = []int{12, 24, 0}

// mailboxForm asks for a mailbox and tries it.
type mailboxForm struct {
	*form
	address, host, port, user, password *kit.Field
	security, since                     *kit.Segmented
	before                              data.Mailbox // the mailbox to change; zero for a new one

	find     func(ctx context.Context, address string) (found []sync.Found, tried []string, err error)
	finding  slot
	sought   string // the address that was searched for last
	proposed server
	advice   *kit.Paragraph
	advised  string
}

// newMailboxForm returns the form for a new mailbox, or for a change of one.
func newMailboxForm(bg *background, before data.Mailbox) *mailboxForm {
	f := &mailboxForm{form: newForm(bg), before: before, find: sync.FindMailbox, proposed: server{port: "993", security: data.TLS}}
	f.address = f.field("Your address", kit.NewField("maya@larkfield.example"))
	f.password = f.field("Password", kit.NewSecret("large providers want an app password here"))
	f.advice = kit.NewParagraph(kit.Small, kit.Ink2, "")
	f.advice.Hide()
	f.rows = append(f.rows, f.advice)
	f.host = f.field("Mail server", kit.NewField("imap.larkfield.example"))
	f.security = kit.NewSegmented([]string{"TLS", "STARTTLS", "None"}, 0, func(int) { f.guessPort() })
	f.add("Encryption", kit.NewRow(0, f.security))
	f.port = f.field("Port", kit.NewField("993"))
	f.user = f.field("User", kit.NewField("as your address"))
	f.since = kit.NewSegmented([]string{"12 months", "24 months", "All"}, 0, nil)
	f.add("How far back", kit.NewRow(0, f.since))
	f.port.SetText("993")
	f.address.OnChanged = func(string) { f.guessHost() }
	f.password.OnChanged = f.findSoon
	f.fill(before)
	return f
}

func (f *mailboxForm) fill(m data.Mailbox) {
	if m.ID == "" {
		return
	}
	f.address.SetText(m.Address)
	f.address.Disable()
	f.password.SetPlaceholder("as it is")
	f.host.SetText(m.Host)
	f.port.SetText(strconv.Itoa(m.Port))
	f.user.SetText(m.User)
	for i, s := range securities {
		if s == m.Security {
			f.security.On = i
		}
	}
	for i, s := range sinces {
		if s == m.SinceMonths {
			f.since.On = i
		}
	}
}

// guessPort proposes the usual port for the encryption.
func (f *mailboxForm) guessPort() {
	if p := f.port.Text(); p == "" || p == "993" || p == "143" {
		f.port.SetText(map[bool]string{true: "993", false: "143"}[securities[f.security.On] == data.TLS])
	}
}

// mailbox is what was filled in, or why it cannot be used.
func (f *mailboxForm) mailbox() (data.Mailbox, error) {
	m := f.before
	m.Address, m.Host, m.User = strings.TrimSpace(f.address.Text()), f.host.Text(), strings.TrimSpace(f.user.Text())
	m.Security, m.SinceMonths = securities[f.security.On], sinces[f.since.On]
	m.Port, _ = strconv.Atoi(strings.TrimSpace(f.port.Text())) // Check names a port that is none
	m = m.Tidy()
	if err := m.Check(); err != nil {
		return m, err
	}
	if f.password.Text() == "" && f.before.ID == "" {
		return m, &data.Invalid{Field: "password", Says: "a mailbox needs a password"}
	}
	return m, nil
}

// try signs in with what was filled in and calls then when that works. known is
// the password that is kept already; nil asks the field only.
func (f *mailboxForm) try(known func() (string, error), then func(m data.Mailbox, password string)) {
	m, err := f.mailbox()
	if err != nil {
		f.say(err)
		return
	}
	f.finding.drop()
	password := f.password.Text()
	f.waiting("Trying " + m.Host)
	load(f.bg, &f.slot, func(ctx context.Context) (string, error) {
		if password == "" && known != nil {
			var err error
			if password, err = known(); err != nil {
				return "", err
			}
		}
		_, err := sync.TryMailbox(ctx, m, password)
		return password, err
	}, func(password string, err error) {
		f.say(err)
		if err == nil {
			then(m, password)
		}
	})
}

// calendarForm asks for a calendar's link or file.
type calendarForm struct {
	*form
	where, name, user, password *kit.Field
}

func newCalendarForm(bg *background) *calendarForm {
	f := &calendarForm{form: newForm(bg)}
	f.where = f.field("Link or file", kit.NewField("https://… or a path that ends in .ics"))
	f.name = f.field("Name", kit.NewField("as the link or file"))
	f.user = f.field("User", kit.NewField("only if the link asks for one"))
	f.password = f.field("Password", kit.NewSecret(""))
	return f
}

// errNoKeyring says that secrets cannot be kept yet.
var errNoKeyring = errors.New("the system's keyring has not answered yet; unlock it and try again")
