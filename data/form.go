package data

// Form is how a mail comes, beside what it says. The zero value is an open,
// unsigned mail without an invitation.
type Form struct {
	// Encrypted and Signed name the way, "PGP" or "S/MIME"; "" for neither. A
	// signature is only named here, never checked.
	Encrypted string `json:"encrypted,omitempty"`
	Signed    string `json:"signed,omitempty"`
	// Calendar says that it carries an invitation, or an answer to one.
	Calendar bool `json:"calendar,omitempty"`
	// Page says that its text was made from HTML, since it brought no other: what
	// the page set apart, such as headings and lists, is in Message.Reading.
	Page bool `json:"page,omitempty"`
}

// EncryptedWords stand where the text of an encrypted mail would.
const EncryptedWords = "Encrypted; read it in your mail program"

// PreviewOf is what a list shows of a mail whose text begins with these words.
func (m Message) PreviewOf(words string) string {
	if m.Form.Encrypted != "" && words == "" {
		return EncryptedWords
	}
	return words
}
