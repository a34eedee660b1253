package data

// ServerFolder is a folder that a mail server has, and whether Rapport reads it.
type ServerFolder struct {
	Name  string // decoded, as people read it
	Mails int    // -1 when the server did not say
	Read  bool
	Why   string // why it is not read, in words; "" when it is
}
