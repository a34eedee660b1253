package data

import (
	"slices"
	"strings"
)

// Recipients reads addresses as people write them in a To line: separated by
// commas, semicolons or line breaks, each an address, a name with its address in
// angle brackets, or a contact's name. A name that is nobody's, or several
// people's, is an error.
func Recipients(line string, contacts []Contact, accounts []Account) ([]Address, error) {
	var list []Address
	for _, s := range splitAddresses(line) {
		name, email := s, ""
		if open := strings.LastIndex(s, "<"); open >= 0 && strings.HasSuffix(s, ">") {
			name, email = strings.Trim(strings.TrimSpace(s[:open]), `"`), s[open+1:len(s)-1]
		} else if strings.Contains(s, "@") {
			name, email = "", s
		}
		if email != "" {
			a := once([]Address{{Name: name, Email: email}}, map[string]bool{})
			if len(a) == 0 || !isAddress(a[0].Email) {
				return nil, invalid("to", "%q is not a mail address; write it like anna@kestrel.example", s)
			}
			list = append(list, named(a[0], contacts))
			continue
		}
		c, err := ResolveContact(name, contacts, accounts)
		if err != nil {
			return nil, err
		}
		if len(c.Emails) == 0 {
			return nil, invalid("to", "no address of %s is known", c.Name)
		}
		list = append(list, Address{Name: c.Name, Email: c.Emails[0]})
	}
	return once(list, map[string]bool{}), nil
}

// named gives an address without a name that of its contact.
func named(a Address, contacts []Contact) Address {
	if a.Name == "" {
		for _, c := range contacts {
			if slices.Contains(c.Emails, a.Email) {
				a.Name = c.Name
				break
			}
		}
	}
	return a
}

// splitAddresses parts a line at separators outside quotes and brackets.
func splitAddresses(line string) (parts []string) {
	quoted, bracket, from := false, false, 0
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			parts = append(parts, s)
		}
	}
	for i, r := range line {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '<', r == '>':
			bracket = r == '<'
		case !bracket && strings.ContainsRune(",;\n", r):
			add(line[from:i])
			from = i + 1
		}
	}
	add(line[from:])
	return parts
}

// AddressLine is addresses as Recipients reads them.
func AddressLine(list []Address) string {
	out := make([]string, len(list))
	for i, a := range list {
		out[i] = a.Email
		if a.Name != "" {
			name := a.Name
			if strings.ContainsAny(name, `,;<>`) {
				name = `"` + strings.ReplaceAll(name, `"`, "") + `"`
			}
			out[i] = name + " <" + a.Email + ">"
		}
	}
	return strings.Join(out, ", ")
}
