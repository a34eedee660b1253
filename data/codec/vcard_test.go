package codec_test

import (
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"rapport/data/codec"
)

const old = `BEGIN:VCARD
VERSION:2.1
N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg
FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:J=F6rg M=FC=
ller
ORG:Kestrel Museums;Exhibitions
TITLE;QUOTED-PRINTABLE:Head of=20exhibitions
TEL;WORK;VOICE:+49 30 123
TEL;CELL;PREF:+49 170 456
EMAIL;INTERNET;PREF:Joerg@Kestrel.example
AGENT:
BEGIN:VCARD
VERSION:2.1
FN:Somebody Else
END:VCARD
END:VCARD
`

const newer = `BEGIN:VCARD
VERSION:3.0
FN:Anna Kessler
N:Kessler;Anna;;;
item1.EMAIL;TYPE=INTERNET:anna.private@mail.example
EMAIL;TYPE=WORK,PREF:anna@kestrel.example
ORG:Kestrel\; Museums
NOTE:A long
  line that is folded
BDAY:1979-03-12
END:VCARD
BEGIN:VCARD
VERSION:4.0
N:Malik;Piotr;;;
EMAIL;PREF=2:second@northmoor.example
EMAIL;PREF=1:piotr@northmoor.example
TEL;VALUE=uri;TYPE="voice,home":tel:+1-555-0100
BDAY:--0203
END:VCARD
BEGIN:VCARD
VERSION:4.0
TEL:+1
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Cut Off
`

func TestCardsOfThreeVersions(t *testing.T) {
	cards, err := codec.ReadCards(strings.NewReader(old + newer))
	if err != nil {
		t.Fatal(err)
	}
	if len(cards) != 5 {
		t.Fatalf("%d cards: %+v", len(cards), cards)
	}
	j := cards[0]
	if j.Contact.Name != "Jörg Müller" || j.Organisation != "Kestrel Museums" || j.Contact.Role != "Head of exhibitions" ||
		!reflect.DeepEqual(j.Contact.Emails, []string{"joerg@kestrel.example"}) || !reflect.DeepEqual(j.Phones, []string{"+49 170 456", "+49 30 123"}) || j.Broken != "" {
		t.Errorf("2.1: %+v", j)
	}
	a := cards[1]
	if a.Contact.Name != "Anna Kessler" || a.Organisation != "Kestrel; Museums" || a.Contact.Emails[0] != "anna@kestrel.example" || len(a.Contact.Emails) != 2 || a.Birthday != "1979-03-12" {
		t.Errorf("3.0: %+v", a)
	}
	p := cards[2]
	if p.Contact.Name != "Piotr Malik" || p.Contact.Emails[0] != "piotr@northmoor.example" || p.Contact.Phone != "+1-555-0100" || p.Birthday != "" {
		t.Errorf("4.0: %+v", p)
	}
	if cards[3].Broken == "" || cards[4].Broken != "it does not end" {
		t.Errorf("broken ones: %+v", cards[3:])
	}
}

func TestACardInAnOldCharset(t *testing.T) {
	text, err := charmap.Windows1252.NewEncoder().String("BEGIN:VCARD\nVERSION:2.1\nFN:José Peña\nEND:VCARD\n")
	if err != nil {
		t.Fatal(err)
	}
	cards, err := codec.ReadCards(strings.NewReader(text))
	if err != nil || len(cards) != 1 || cards[0].Contact.Name != "José Peña" {
		t.Errorf("%+v, %v", cards, err)
	}
}

func FuzzReadCards(f *testing.F) {
	f.Add(old)
	f.Add(newer)
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := codec.ReadCards(strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
	})
}
