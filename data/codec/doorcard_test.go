package codec

import (
	"bytes"
	"strings"
	"testing"

	"rapport/data"

	"pgregory.net/rapid"
)

func TestDoorCard(t *testing.T) {
	card := string(WriteDoorCard(DoorCard{Name: "Maya Lindqvist", Email: "maya@us.example", Doors: []data.Door{
		{Name: "Support desk", Reach: "+44 20 7946 0000", Hours: "Mon to Fri 08:00 to 18:00", Owner: "Priya, Tomas"},
		{Name: "Orders", Reach: "orders@us.example"},
		{Name: "Portal", Reach: "https://portal.us.example"},
	}}))
	for _, want := range []string{
		"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Maya Lindqvist\r\n", "EMAIL;TYPE=INTERNET,PREF:maya@us.example\r\n", "TEL;TYPE=VOICE,WORK:+44 20 7946 0000\r\n",
		"EMAIL;TYPE=INTERNET:orders@us.example\r\n", "URL:https://portal.us.example\r\n", `Priya\, Tomas`, "END:VCARD\r\n",
	} {
		if !strings.Contains(strings.ReplaceAll(card, "\r\n ", ""), want) {
			t.Errorf("no %q in\n%s", want, card)
		}
	}
}

// TestDoorCardIsReadAsItWasWritten holds of any words, and every line is short
// enough.
func TestDoorCardIsReadAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		name := "N" + rapid.StringMatching(`[\pL\pN ,;\\äß東😀]{0,60}x`).Draw(r, "name")
		raw := WriteDoorCard(DoorCard{Name: name, Email: "maya@us.example"})
		for l := range bytes.SplitSeq(raw, []byte("\r\n")) {
			if len(l) > 75 {
				t.Fatalf("a line of %d bytes: %q", len(l), l)
			}
		}
		cards, err := ReadCards(bytes.NewReader(raw))
		if err != nil || len(cards) != 1 || strings.Join(strings.Fields(cards[0].Contact.Name), " ") != strings.Join(strings.Fields(name), " ") {
			t.Fatalf("%q was read as %+v, %v", name, cards, err)
		}
	})
}

func TestThePageOfDoorsHoldsOnlyWhatWasTyped(t *testing.T) {
	page := string(WriteDoorPage(DoorCard{Name: "Maya <Lindqvist>", Email: "maya@larkfield.example", Doors: []data.Door{
		{Name: "Night line", Reach: "+31 20 555 0100", Hours: "every night", Owner: "Tomas", Backup: "Priya", Promised: 30},
		{Name: "Portal", Reach: "https://portal.larkfield.example/a?b=1&c=2"},
		{Name: "<script>alert(1)</script>", Reach: "javascript:alert(1)"},
		{Name: "Break", Reach: `https://x.example/"><script>alert(2)</script>`},
	}}))
	for _, want := range []string{`31205550100">`, "within 30 minutes", "Tomas answers", "https://portal.larkfield.example/a?b=1", "Maya &lt;Lindqvist&gt;", "When nobody is there: Priya"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q:\n%s", want, page)
		}
	}
	for _, never := range []string{"<script>", `href="javascript`} {
		if strings.Contains(page, never) {
			t.Errorf("the page has %q:\n%s", never, page)
		}
	}
}
