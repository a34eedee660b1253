package team

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/change"
)

var start = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// A desk is a laptop with what it needs to write to a space.
type desk struct {
	device Device
	keys   Keys
	epoch  string
	author change.Author
	tip    Tip
}

func newDesk(t testing.TB, seed byte) *desk {
	t.Helper()
	k, e := NewKeys()
	k.Space = Text([]byte{seed, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
	d := laptop(t, somebody(t, seed), "laptop")
	return &desk{device: d, keys: k, epoch: e.ID, author: change.Author{Log: d.NewLog(), Actor: "maya", Schema: 1, Have: change.Vector{}}}
}

// write makes some changes of the log.
func (d *desk) write(n int) []change.Change {
	var list []change.Change
	for i := range n {
		list = append(list, d.author.Set(start, change.Ref{Kind: "contact", ID: fmt.Sprint("c", i%7)}, "name", fmt.Sprintf("value %d & <more>", i), nil))
	}
	return list
}

// seal puts changes into the log's next segment.
func (d *desk) seal(t testing.TB, changes []change.Change) (string, []byte) {
	t.Helper()
	name, body, err := SealSegment(d.header(changes), changes, d.keys, d.device)
	if err != nil {
		t.Fatal(err)
	}
	d.tip = Tip{changes[len(changes)-1].Counter, name}
	return name, body
}

func (d *desk) header(changes []change.Change) Header {
	return Header{Space: d.keys.Space, Epoch: d.epoch, Log: d.author.Log, First: changes[0].Counter,
		Last: changes[len(changes)-1].Counter, Previous: d.tip.Segment, Heads: []string{strings.Repeat("a", hashLength)}}
}

func TestSegmentsComeOutAsTheyWentIn(t *testing.T) {
	d := newDesk(t, 1)
	var tip Tip
	for i := range 3 {
		changes := d.write(40 + i)
		header := d.header(changes)
		name, body := d.seal(t, changes)
		s, err := OpenSegment(name, body, d.keys)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(s.Header, header) || s.Name != name || !s.Device.Equal(d.device.Certificate.Key) {
			t.Fatalf("%+v came out as %+v", header, s)
		}
		want, _ := lines(changes)
		if got, _ := lines(s.Changes); string(got) != string(want) {
			t.Fatal("the changes came out otherwise")
		}
		if tip, err = tip.Follow(s); err != nil || tip != d.tip {
			t.Fatalf("%v, %v", tip, err)
		}
	}
}

func TestSegmentsTellNothingToOthers(t *testing.T) {
	d := newDesk(t, 1)
	_, body := d.seal(t, d.write(3))
	clear := string(body[:strings.IndexByte(string(body), '\n')])
	if want := "rapport segment 1 " + d.keys.Space + " " + d.epoch; clear != want {
		t.Fatalf("in the clear stands %q, not %q", clear, want)
	}
	for _, secret := range []string{"maya", "contact", "value", d.device.ID(), keyText(d.device.Certificate.Key), string(d.device.Certificate.Key), d.author.Log, "zzzzzz"} {
		if strings.Contains(string(body), secret) {
			t.Errorf("%q stands in the segment", secret)
		}
	}
	space, epoch, ok := Sender(body)
	if !ok || space != d.keys.Space || epoch != d.epoch {
		t.Errorf("%s, %s", space, epoch)
	}
}

func TestLogsFollowTheirChain(t *testing.T) {
	d := newDesk(t, 1)
	open := func(name string, body []byte) Segment {
		s, err := OpenSegment(name, body, d.keys)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	one := open(d.seal(t, d.write(5)))
	kept := *d
	two := open(d.seal(t, d.write(5)))
	other := open(kept.seal(t, kept.write(2))) // a clone that went on under the same log
	follow := func(tip Tip, s Segment) Tip {
		next, err := tip.Follow(s)
		if err != nil {
			t.Fatal(err)
		}
		return next
	}
	var r *Refusal
	if _, err := (Tip{}).Follow(two); !errors.As(err, &r) || r.Why != Early || !strings.Contains(r.Says, "1 to 5") {
		t.Errorf("a gap: %v", err)
	}
	tip := follow(follow(Tip{}, one), two)
	if _, err := tip.Follow(other); !errors.As(err, &r) || r.Why != Forked || !strings.Contains(err.Error(), other.Name[:12]) {
		t.Errorf("a log that forked: %v", err)
	}
	rechained := *d
	rechained.tip.Segment = one.Name
	if _, err := tip.Follow(open(rechained.seal(t, rechained.write(2)))); !errors.As(err, &r) || r.Why != Forked {
		t.Errorf("a chain around a segment: %v", err)
	}
}

func TestSplitFillsSegmentsAndNeverTooMuch(t *testing.T) {
	d := newDesk(t, 1)
	changes := d.write(20)
	for range 5 {
		changes = append(changes, d.author.Set(start, change.Ref{Kind: "note", ID: "n"}, "text", noise(400_000), nil))
	}
	changes = append(changes, d.write(maxPerPiece+5)...)
	runs, err := Split(changes)
	if err != nil {
		t.Fatal(err)
	}
	var back []change.Change
	for _, run := range runs {
		name, body := d.seal(t, run)
		if err := Fit(name, body); err != nil {
			t.Fatal(err)
		}
		s, err := OpenSegment(name, body, d.keys)
		if err != nil {
			t.Fatal(err)
		}
		back = append(back, s.Changes...)
	}
	if len(runs) < 4 || len(runs) > 9 || len(back) != len(changes) {
		t.Errorf("%d runs hold %d of %d changes", len(runs), len(back), len(changes))
	}
	if runs, err := Split(nil); err != nil || len(runs) != 0 {
		t.Errorf("nothing became %d runs, %v", len(runs), err)
	}
}

// noise is text that hardly packs, the same in every run.
func noise(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(fingerprint(fmt.Sprint(i)))
	}
	return b.String()[:n]
}

func TestAChangeTooLargeToTravelIsSaid(t *testing.T) {
	d := newDesk(t, 1)
	c := d.author.Set(start, change.Ref{Kind: "note", ID: "n"}, "text", noise(3_000_000), nil)
	var wrong *data.Invalid
	_, _, err := SealSegment(d.header([]change.Change{c}), []change.Change{c}, d.keys, d.device)
	if !errors.As(err, &wrong) || !strings.Contains(wrong.Says, "too large") {
		t.Fatalf("%v", err)
	}
}

func TestWhatCannotBeSealedIsNotSealed(t *testing.T) {
	d := newDesk(t, 1)
	changes := d.write(3)
	for name, spoil := range map[string]func(*Header, *Keys){
		"another device's log":   func(h *Header, _ *Keys) { h.Log = laptop(t, somebody(t, 2), "x").NewLog() },
		"counters that are not":  func(h *Header, _ *Keys) { h.Last++ },
		"no epoch":               func(h *Header, _ *Keys) { h.Epoch = NewEpoch().ID },
		"an epoch of other's":    func(h *Header, k *Keys) { e := NewEpoch(); k.Add(e.MembersOnly()); h.Epoch = e.ID },
		"a chain from the start": func(h *Header, _ *Keys) { h.Previous = Name(SegmentPiece, nil) },
	} {
		h, k := d.header(changes), Keys{Space: d.keys.Space, Epochs: map[string]Epoch{d.epoch: d.keys.Epochs[d.epoch]}}
		spoil(&h, &k)
		if _, _, err := SealSegment(h, changes, k, d.device); err == nil {
			t.Errorf("%s: it was sealed", name)
		}
	}
}
