package data

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// Side says whose somebody is.
type Side string

// The sides of a relationship. A contact without a side is the customer's.
const (
	Us       Side = "us"
	Customer Side = "customer"
	Partner  Side = "partner"
)

// Contact is a person at an account or a partner.
type Contact struct {
	ID        string
	AccountID string
	Name      string
	// Emails are every address of theirs, normalised; the first is preferred.
	Emails []string
	// Role is what they do there, "head of exhibitions".
	Role  string
	Phone string
	Side  Side
	// RecordedAt is when this laptop learned of them.
	RecordedAt time.Time
}

// Tidy returns the contact with its texts trimmed and its addresses normalised
// and free of duplicates, in their order.
func (c Contact) Tidy() Contact {
	c.Name = strings.Join(strings.Fields(c.Name), " ")
	c.Role = strings.TrimSpace(c.Role)
	c.Phone = strings.TrimSpace(c.Phone)
	var emails []string
	for _, e := range c.Emails {
		if e = text.NormalAddress(e); e != "" && !slices.Contains(emails, e) {
			emails = append(emails, e)
		}
	}
	c.Emails = emails
	if c.Side == "" {
		c.Side = Customer
	}
	return c
}

// Check says why the contact cannot be kept, or nil.
func (c Contact) Check() error {
	if c.Name == "" {
		return invalid("name", "a contact needs a name")
	}
	for _, e := range c.Emails {
		if local, domain, ok := strings.Cut(e, "@"); !ok || local == "" || domain == "" || strings.ContainsAny(e, " \t<>") {
			return invalid("email", "%q is not a mail address; write it like anna@kestrel.example", e)
		}
	}
	if !slices.Contains([]Side{Customer, Partner}, c.Side) {
		return invalid("side", "%q is not a side; use customer or partner", c.Side)
	}
	return nil
}

// Fields are the contact's shareable fields; see Account.Fields. The value of an
// address register is its place in the order, so the preferred one stays first.
func (c Contact) Fields() Fields {
	f := Fields{}
	f.text("name", c.Name)
	f.text("account", c.AccountID)
	f.text("role", c.Role)
	f.text("phone", c.Phone)
	f.text("side", string(c.Side))
	for i, e := range c.Emails {
		f[addressRegister(c.ID, e)] = orderKey(i) + " " + e
	}
	return f
}

// ContactOf builds a contact from its fields.
func ContactOf(id string, f Fields) Contact {
	var places []string // and the addresses at them
	for _, register := range f.members(addressSet) {
		places = append(places, f[addressSet+register])
	}
	slices.Sort(places)
	var emails []string
	for _, p := range places {
		if _, e, ok := strings.Cut(p, " "); ok && !slices.Contains(emails, e) {
			emails = append(emails, e)
		}
	}
	side := Side(f["side"])
	if side == "" {
		side = Customer
	}
	return Contact{
		ID: id, AccountID: f["account"], Name: f["name"], Role: f["role"],
		Phone: f["phone"], Side: side, Emails: emails,
	}
}

// addressSet begins the registers of a contact's addresses.
const addressSet = "address/"

// addressRegister is where one of a contact's addresses stands. An address is never
// part of a register's name, since an erase takes away values and no names.
func addressRegister(contact, address string) string {
	sum := sha256.Sum256([]byte(contact + "\n" + address))
	return addressSet + hex.EncodeToString(sum[:8])
}

// orderKey is a place in a list as text that sorts as the number does.
func orderKey(i int) string {
	if i >= 99 {
		return "99" + orderKey(i-99)
	}
	return fmt.Sprintf("%02d", i)
}
