package store

import (
	"strings"

	"rapport/data"
	"rapport/data/text"
)

// Readied is a batch with what its mails alone decide worked out: what they are
// known by, how they read in lists, the words they are found by. It takes about
// as long as writing them, and whoever reads a source can do it while the batch
// before is written.
type Readied struct {
	data.Batch
	mails []readied // of Arrived, in its order
}

// readied is one mail as it is written.
type readied struct {
	data.Arrival
	entry   string // its interaction's ID
	preview string
	node    node
	words   mailWords
	// JSON, as it is stored.
	people, refs, attached, form, odd string
}

// mailWords are the words of a mail, folded for the search index.
type mailWords struct{ subject, people, text string }

// Ready works out what the mails of a batch alone decide. It is pure.
func Ready(b data.Batch) Readied {
	r := Readied{Batch: b, mails: make([]readied, len(b.Arrived))}
	for i, a := range b.Arrived {
		r.mails[i] = readyMail(a)
	}
	return r
}

// Bytes is about how much memory the texts of the mails take.
func (r Readied) Bytes() (n int) {
	for _, m := range r.mails {
		n += len(m.Message.Text) + len(m.words.text)
	}
	return n
}

func readyMail(a data.Arrival) readied {
	m := a.Message
	return readied{
		Arrival: a, entry: data.InteractionIDOf(m), preview: previewOf(m), node: nodeOf(m), words: wordsOf(m),
		people: asJSON(messagePeople{From: m.From, To: m.To, Cc: m.Cc, Bcc: m.Bcc, ReplyTo: m.ReplyTo}),
		refs:   listJSON(m.References), attached: listJSON(m.Attached), form: asJSON(m.Form), odd: listJSON(m.Odd),
	}
}

// previewOf is the beginning of a mail's text, as lists show it.
func previewOf(m data.Message) string { return m.PreviewOf(text.Preview(m.Text, previewRunes)) }

// searched is how many letters of a text are indexed: enough for any mail that
// a person wrote, and no room for one that a program did.
const searched = 200_000

func wordsOf(m data.Message) mailWords {
	var people []string
	for _, list := range [][]data.Address{m.From, m.To, m.Cc} {
		for _, a := range list {
			people = append(people, a.Name, a.Email)
		}
	}
	body := m.Text
	if len(body) > searched {
		body = strings.ToValidUTF8(body[:searched], "")
	}
	return mailWords{text.Fold(m.Subject), text.Fold(strings.Join(people, " ")), text.Fold(body)}
}
