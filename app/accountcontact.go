package app

import (
	"strings"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// contactForm asks for a person at an account.
type contactForm struct {
	*form
	name, emails, role, phone *kit.Field
	side                      *kit.Segmented
	before                    data.Contact
}

func newContactForm(bg *bridge.Bridge, before data.Contact) *contactForm {
	f := &contactForm{form: newForm(bg), before: before}
	f.name = f.field("Name", kit.NewField("Anna Kessler"))
	f.emails = f.field("Addresses", kit.NewField("several with commas, the usual one first"))
	f.role = f.field("What they do", kit.NewField("head of exhibitions"))
	f.phone = f.field("Phone", kit.NewField(""))
	on := 0
	if before.Side == data.Partner {
		on = 1
	}
	f.side = kit.NewSegmented([]string{"Customer", "Partner"}, on, nil)
	f.add("Whose side", kit.NewRow(0, f.side))
	f.name.SetText(before.Name)
	f.emails.SetText(strings.Join(before.Emails, ", "))
	f.role.SetText(before.Role)
	f.phone.SetText(before.Phone)
	return f
}

// contact is what was filled in, tidied.
func (f *contactForm) contact() data.Contact {
	c := f.before
	c.Name, c.Role, c.Phone = f.name.Text(), f.role.Text(), f.phone.Text()
	c.Emails = listed(f.emails.Text())
	c.Side = []data.Side{data.Customer, data.Partner}[f.side.On]
	return c.Tidy()
}

// editContact asks for a new person at an account, or for a change of one.
func (w *window) editContact(before data.Contact) {
	f := newContactForm(w.bg, before)
	f.about = data.Writing{Account: before.AccountID, Kind: data.KindContact, ID: before.ID}
	title, verb := "New person", "Add person"
	if before.ID != "" {
		title, verb = "Edit "+before.Name, "Save"
	}
	w.dialog(f.form, "user-round-plus", title, verb, func() {
		c := f.contact()
		if err := c.Check(); err != nil {
			f.say(err)
			return
		}
		label := c.Name + " added"
		if before.ID != "" {
			label = c.Name + " changed"
		}
		w.keep(f.form, label, func(tx *store.Tx) error { return tx.PutContact(c) }, nil)
	})
}
