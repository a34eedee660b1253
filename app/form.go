package app

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/sync"
)

// form is a column of labelled fields over a line for what is wrong and the
// buttons.
type form struct {
	bg      *bridge.Bridge
	rows    []fyne.CanvasObject
	fields  []*kit.Field
	trouble *kit.Paragraph
	asked   *kit.Stack          // a question that has to be answered first; hidden while there is none
	covered []fyne.CanvasObject // the rows that gave way to it
	wait    *kit.Text
	slot    bridge.Slot
	browser *browserSignIn // nil where there is none
	// changed, if set, is called when the form needs another height.
	changed func()
	// about is what is written at in it, which others who share it are told; also says who
	// else writes at it.
	about   data.Writing
	also    *kit.Paragraph
	reads   bool              // it changes nothing of the workspace, as saving a file does
	buttons fyne.CanvasObject // what stands below the form and gives way to the question too; may be nil
}

func newForm(bg *bridge.Bridge) *form {
	f := &form{bg: bg, trouble: kit.NewParagraph(kit.Small, kit.Alert, ""), wait: kit.NewText(kit.Small, "").In(kit.Ink2).Bending()}
	f.trouble.Hide()
	f.also = kit.NewParagraph(kit.Small, kit.Accent, "")
	f.also.Hide()
	f.asked = kit.NewStack(8)
	f.asked.Hide()
	return f
}

// labelWidth is the room for the names of fields.
const labelWidth = 108

// add puts a labelled object under the others.
func (f *form) add(label string, o fyne.CanvasObject) { f.rows = append(f.rows, labelled(label, o)) }

// labelled is an object with its name before it.
func labelled(label string, o fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewColumns(12, []kit.Col{kit.Fixed(labelWidth), kit.Flex(1)}, kit.NewText(kit.Body, label).In(kit.Ink2).Bending(), o)
}

// field adds a labelled field.
func (f *form) field(label string, field *kit.Field) *kit.Field {
	f.add(label, field)
	f.fields = append(f.fields, field)
	return field
}

// drop gives up whatever the form waits for.
func (f *form) drop() {
	f.slot.Drop()
	if f.browser != nil {
		f.browser.slot.Drop()
	}
}

// whenEscaped is called at Esc in any field.
func (f *form) whenEscaped(do func()) {
	fields := f.fields
	if f.browser != nil {
		fields = append(fields[:len(fields):len(fields)], f.browser.id, f.browser.secret)
	}
	for _, field := range fields {
		field.OnEscape = do
	}
}

// body is all fields and the line for what is wrong.
func (f *form) body() *kit.Stack {
	return kit.NewStack(10, append(append([]fyne.CanvasObject{}, f.rows...), f.also, f.trouble, f.asked, f.wait)...)
}

// say shows what is wrong, or nothing for nil.
func (f *form) say(err error) {
	if f.changed != nil {
		defer f.changed()
	}
	f.wait.Set("")
	f.uncover()
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

// ask puts a question in the place of the fields.
func (f *form) ask(parts ...fyne.CanvasObject) {
	f.trouble.Hide()
	for _, row := range f.rows {
		if row.Visible() {
			f.covered = append(f.covered, row)
			row.Hide()
		}
	}
	if f.buttons != nil {
		f.buttons.Hide()
	}
	f.asked.Set(parts...)
	f.asked.Show()
	if f.changed != nil {
		f.changed()
	}
}

// uncover takes the question away and brings the fields back.
func (f *form) uncover() {
	f.asked.Hide()
	for _, row := range f.covered {
		row.Show()
	}
	f.covered = nil
	if f.buttons != nil {
		f.buttons.Show()
	}
}

// focusOn gives the keyboard to something that is shown.
func focusOn(o fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o.(fyne.CanvasObject)); c != nil {
		c.Focus(o)
	}
}

// waiting says after a moment what is being waited for.
func (f *form) waiting(what string) {
	f.say(nil)
	f.slot.Slow = func() { f.wait.Set(what) }
}

// securities are the ways to connect, in the order of the choice.
var securities = []data.Security{data.TLS, data.StartTLS, data.Plain}

// mailboxForm asks for a mailbox and tries it.
type mailboxForm struct {
	*form
	address, host, port, user, password *kit.Field
	security                            *kit.Segmented
	before                              data.Mailbox // the mailbox to change; zero for a new one
	passwordRow                         fyne.CanvasObject
	// kept, if set, tries the mailbox with the secret that is kept of it.
	kept func(ctx context.Context, m data.Mailbox) error
	// attempt signs in; sync.TryMailbox but in tests.
	attempt func(ctx context.Context, m data.Mailbox, password string) ([]string, error)
	pins    map[server]string // which certificates a person accepted in this form; "" for trusted ones

	providers        []sync.Provider // of a sign-in in the browser; nil for those that are known without a workspace
	find             func(ctx context.Context, address string) (found []sync.Found, tried []string, err error)
	finding, knowing bridge.Slot
	sought           string // the address that was searched for last
	proposed         server
	advice           *kit.Paragraph
	advised          string
}

// newMailboxForm returns the form for a new mailbox, or for a change of one.
func newMailboxForm(bg *bridge.Bridge, before data.Mailbox) *mailboxForm {
	f := &mailboxForm{form: newForm(bg), before: before, find: sync.FindMailbox, attempt: sync.TryMailbox, pins: map[server]string{}, proposed: server{port: "993", security: data.TLS}}
	f.address = f.field("Your address", kit.NewField("maya@larkfield.example"))
	f.password = f.field("Password", kit.NewSecret("large providers want an app password here"))
	f.passwordRow = f.rows[len(f.rows)-1]
	f.advice = kit.NewParagraph(kit.Small, kit.Ink2, "")
	f.advice.Hide()
	newBrowserSignIn(f.form)
	f.browser.mailbox = f.described
	f.rows = append(f.rows, f.advice, f.browser.body)
	f.host = f.field("Mail server", kit.NewField("imap.larkfield.example"))
	f.security = kit.NewSegmented([]string{"TLS", "STARTTLS", "None"}, 0, func(int) { f.guessPort() })
	f.add("Encryption", kit.NewRow(0, f.security))
	f.port = f.field("Port", kit.NewField("993"))
	f.user = f.field("User", kit.NewField("as your address"))
	f.port.SetText("993")
	f.address.OnChanged = func(string) { f.guessHost() }
	f.password.OnChanged = f.findSoon
	f.fill(before)
	f.host.OnChanged = f.named
	return f
}

func (f *mailboxForm) fill(m data.Mailbox) {
	if m.ID == "" {
		return
	}
	f.address.SetText(m.Address)
	f.address.Disable()
	f.password.SetPlaceholder("as it is")
	f.offer(m.Host, true)
	f.host.SetText(m.Host)
	f.port.SetText(strconv.Itoa(m.Port))
	f.user.SetText(m.User)
	for i, s := range securities {
		if s == m.Security {
			f.security.On = i
		}
	}
}

// guessPort proposes the usual port for the encryption.
func (f *mailboxForm) guessPort() {
	if p := f.port.Text(); p == "" || p == "993" || p == "143" {
		f.port.SetText(map[bool]string{true: "993", false: "143"}[securities[f.security.On] == data.TLS])
	}
}

// described is what was filled in but for the password, or why it cannot be
// used.
func (f *mailboxForm) described() (data.Mailbox, error) {
	m := f.before
	m.Address, m.Host, m.User = strings.TrimSpace(f.address.Text()), f.host.Text(), strings.TrimSpace(f.user.Text())
	m.Security = securities[f.security.On]
	if f.before.ID == "" {
		m.SinceMonths = data.DefaultMonths
	}
	m.Port, _ = strconv.Atoi(strings.TrimSpace(f.port.Text())) // Check names a port that is none
	m = m.Tidy()
	m.Pinned = f.pinFor(m)
	return m, m.Check()
}

// mailbox is what was filled in, or why it cannot be used.
func (f *mailboxForm) mailbox() (data.Mailbox, error) {
	m, err := f.described()
	if err != nil {
		return m, err
	}
	switch {
	case f.password.Text() != "":
		m.SignIn = data.ByPassword
	case f.before.ID == "" && f.browser.body.Visible():
		return m, &data.Invalid{Field: "password", Says: "enter a password, or sign in in your browser"}
	case f.before.ID == "":
		return m, &data.Invalid{Field: "password", Says: "a mailbox needs a password"}
	}
	return m, nil
}

// try signs in with what was filled in and calls then when that works; the
// password is "" where the one that is kept stays. Where the server takes no
// password, the person signs in in the browser.
func (f *mailboxForm) try(then func(m data.Mailbox, password string)) {
	f.uncover()
	if !f.passwordRow.Visible() && f.before.ID == "" {
		f.browser.begin()
		return
	}
	m, err := f.mailbox()
	if err != nil {
		f.say(err)
		return
	}
	f.finding.Drop()
	password := f.password.Text()
	f.waiting("Trying " + m.Host)
	bridge.Load(f.bg, &f.slot, func(ctx context.Context) (struct{}, error) {
		if password == "" && f.kept != nil {
			return struct{}{}, f.kept(ctx, m)
		}
		_, err := f.attempt(ctx, m, password)
		return struct{}{}, err
	}, func(_ struct{}, err error) {
		f.say(err)
		switch {
		case err == nil:
			then(m, password)
		default:
			f.askTrust(m, err, func() { f.try(then) })
			f.askPassword(err)
		}
	})
}

// askPassword goes to the password where the server did not take it, so that it
// is typed anew.
func (f *mailboxForm) askPassword(err error) {
	if p, _ := data.AsProblem(err); p != nil && p.Kind == data.WrongPassword && f.passwordRow.Visible() {
		focusOn(f.password.Focusable())
		f.password.SelectAll()
	}
}

// errNoKeyring says that secrets cannot be kept yet.
var errNoKeyring = errors.New("the system's keyring has not answered yet; unlock it and try again")
