package app

import (
	"context"
	"net/url"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/sync"
)

// browserSignIn lets a person sign in to a mailbox's provider in the browser. It
// is hidden until it has a provider to offer.
type browserSignIn struct {
	f        *form
	body     *kit.Stack
	provider sync.Provider
	password bool // a password would do as well
	// mailbox is what to sign in to, done hears of it with its new secret.
	mailbox func() (data.Mailbox, error)
	done    func(m data.Mailbox, secret string)
	// find finds the provider anew with its client, since the workspace may have
	// its own; browse shows a page in the browser.
	find   func(ctx context.Context, p sync.Provider) (sync.Provider, sync.Client, error)
	browse func(page string) error

	id, secret *kit.Field
	slot       bridge.Slot
}

// newBrowserSignIn gives a form a sign-in in the browser.
func newBrowserSignIn(f *form) *browserSignIn {
	b := &browserSignIn{f: f, body: kit.NewStack(8), find: knownClient, browse: openPage}
	b.id, b.secret = kit.NewField("as the provider shows it"), kit.NewSecret("if the provider shows one")
	submit := func(string) { b.begin() }
	b.id.OnSubmit, b.secret.OnSubmit = submit, submit
	b.body.Hide()
	f.browser = b
	return b
}

// knownClient is the client of a provider before there is a workspace.
func knownClient(_ context.Context, p sync.Provider) (sync.Provider, sync.Client, error) {
	c, err := sync.ClientOf(nil, p)
	return p, c, err
}

// clientIn is the client of a provider in the window's workspace.
func (w *window) clientIn(ctx context.Context, p sync.Provider) (sync.Provider, sync.Client, error) {
	if w.keys == nil {
		return p, sync.Client{}, errNoKeyring
	}
	own, err := sync.ProviderNamed(ctx, w.db, p.Name)
	if err != nil {
		return p, sync.Client{}, err
	}
	c, err := sync.ClientOf(w.keys, own)
	return own, c, err
}

func openPage(page string) error {
	u, err := url.Parse(page)
	if err != nil {
		return err
	}
	if err := fyne.CurrentApp().OpenURL(u); err != nil {
		return &data.Problem{Kind: data.NoBrowser, About: u.Host, Cause: err}
	}
	return nil
}

// offer shows that a provider lets people sign in in the browser; the zero
// provider hides it. Password says that a password would do as well.
func (b *browserSignIn) offer(p sync.Provider, password bool) {
	b.password = password
	if p.Name == b.provider.Name && p.Name != "" {
		return
	}
	b.slot.Drop()
	b.provider = p
	if p.Name == "" {
		b.body.Hide()
		b.changed()
		return
	}
	b.ready()
}

func (b *browserSignIn) changed() {
	if b.f.changed != nil {
		b.f.changed()
	}
}

// show replaces what is seen, beside the fields' names.
func (b *browserSignIn) show(items ...fyne.CanvasObject) {
	b.body.Set(items...)
	b.body.Show()
	b.changed()
}

func (b *browserSignIn) button() fyne.CanvasObject {
	return indented(kit.NewRow(0, kit.NewButton(kit.Plain, "Sign in with "+b.provider.Shown()+" in your browser", b.begin).WithIcon("key-round")))
}

// indented stands under the fields.
func indented(o fyne.CanvasObject) fyne.CanvasObject { return kit.NewPad(0, 0, 0, labelWidth+12, o) }

func (b *browserSignIn) ready() { b.show(b.button()) }

// waiting is seen while the person is in the browser.
func (b *browserSignIn) waiting() {
	b.show(indented(kit.NewRow(12, kit.NewIcon("loader-circle", 14, kit.Accent),
		kit.NewText(kit.Body, "Waiting for your sign-in to "+b.provider.Shown()).In(kit.Ink2),
		kit.NewLink("Cancel", b.cancel))))
}

// ask explains why a client ID is needed, and takes one.
func (b *browserSignIn) ask() {
	name := b.provider.Shown()
	why := name + " lets a program in under a client ID only, and Rapport comes without one. You or your administrator make it once, as docs/oauth.md describes, and paste it here."
	if b.password {
		why += " An app password, above, is the simpler way."
	}
	items := []fyne.CanvasObject{indented(kit.NewParagraph(kit.Small, kit.Ink2, why)), labelled("Client ID", b.id)}
	if b.provider.WantsSecret() {
		items = append(items, labelled("Client secret", b.secret))
	}
	if console := b.provider.Console(); console != "" {
		items = append(items, indented(kit.NewRow(0, kit.NewLink("Where "+name+" makes one", func() {
			if err := b.browse(console); err != nil {
				b.f.say(err)
			}
		}))))
	}
	b.show(append(items, b.button())...)
	focusOn(b.id.Focusable())
}

// begin opens the browser and waits for the person.
func (b *browserSignIn) begin() {
	m, err := b.mailbox()
	if err != nil {
		b.f.say(err)
		return
	}
	b.f.say(nil)
	typed := sync.Client{ID: b.id.Text(), Secret: b.secret.Text()}
	b.waiting()
	bridge.Load(b.f.bg, &b.slot, func(ctx context.Context) (string, error) {
		p, c, err := b.find(ctx, b.provider)
		if typed.ID != "" {
			c, err = typed, nil
		}
		if err != nil {
			return "", err
		}
		return sync.SignInBrowser(ctx, p, c, m.Address, b.browse)
	}, func(secret string, err error) {
		if err != nil {
			b.failed(err)
			return
		}
		m.SignIn = data.ByToken(b.provider.Name)
		b.try(m, secret)
	})
}

func (b *browserSignIn) failed(err error) {
	p, told := data.AsProblem(err)
	switch {
	case told && p.Kind == data.NoClientID:
		b.ask()
		return
	case told && p.Kind == data.WrongClientID:
		b.ask()
	default:
		b.ready()
	}
	b.f.say(err)
}

// try signs in to the mailbox with what the browser brought.
func (b *browserSignIn) try(m data.Mailbox, secret string) {
	b.ready()
	b.f.waiting("Trying " + m.Host)
	bridge.Load(b.f.bg, &b.f.slot, func(ctx context.Context) ([]string, error) { return sync.TryMailbox(ctx, m, secret) },
		func(_ []string, err error) {
			b.f.say(err)
			if err == nil {
				b.done(m, secret)
			}
		})
}

// cancel gives the browser up.
func (b *browserSignIn) cancel() {
	b.slot.Drop()
	b.ready()
}
