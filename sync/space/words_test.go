package space

import (
	"context"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/change"
	"rapport/sync/team"
)

// settle exchanges until nothing is left to say.
func settle(id string, all ...*laptop) {
	for range 3 {
		for _, l := range all {
			l.sync(id)
		}
	}
}

func (l *laptop) alarmed(id string) string {
	l.t.Helper()
	sp, err := l.db.Space(context.Background(), id)
	if err != nil {
		l.t.Fatal(err)
	}
	return sp.Alarm
}

// words are the names of the words that lie at a space's place.
func (l *laptop) wordsThere(id string) (names []string) {
	l.t.Helper()
	sp, err := l.db.Space(context.Background(), id)
	if err != nil {
		l.t.Fatal(err)
	}
	way, err := l.placeOf(context.Background(), sp, false)
	if err != nil {
		l.t.Fatal(err)
	}
	list, err := way.List(context.Background())
	if err != nil {
		l.t.Fatal(err)
	}
	for _, p := range list {
		if p.Name[0] == byte(team.WordPiece) {
			names = append(names, p.Name)
		}
	}
	return names
}

func TestLaptopsSaySeldomHowFarTheyAre(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya", "Jonas")
	maya, jonas := all[0], all[1]
	settle(id, all...)
	if n := len(maya.wordsThere(id)); n != 2 {
		t.Fatalf("%d words lie there", n)
	}
	for range 5 { // within a day nothing is said again
		if err := jonas.rename("k", "Kestrel "+time.Now().String()); err != nil {
			t.Fatal(err)
		}
		settle(id, all...)
	}
	first := maya.wordsThere(id)
	for range 3 { // and without news neither
		for _, l := range all {
			l.later(wordEvery)
		}
		settle(id, all...)
	}
	second := maya.wordsThere(id)
	if len(first) != 2 || len(second) != 2 || first[0] == second[0] || first[1] == second[1] {
		t.Errorf("the words there were %v and are %v", first, second)
	}
	for range 4 {
		maya.later(wordEvery)
		if err := maya.rename("k", "Kestrel "+time.Now().String()); err != nil {
			t.Fatal(err)
		}
		settle(id, all...)
	}
	if n := len(maya.wordsThere(id)); n != 2 {
		t.Errorf("%d words lie there in the end", n)
	}
	for _, l := range all {
		retired, err := l.db.RetiredPieces(ctx, id)
		if err != nil || len(retired) > 1 {
			t.Errorf("%s remembers %d words that are gone, %v", l.name, len(retired), err)
		}
		members, err := l.db.Members(ctx, id)
		if err != nil || members[0].HeardAt.IsZero() || members[1].HeardAt.IsZero() {
			t.Errorf("%s has heard %+v, %v", l.name, members, err)
		}
		if l.alarmed(id) != "" {
			t.Errorf("%s is alarmed: %s", l.name, l.alarmed(id))
		}
	}
}

// TestAStateThatDiffersIsBuiltAnew spoils what one laptop made of its changes.
func TestAStateThatDiffersIsBuiltAnew(t *testing.T) {
	id, all := team2(t, nil, "Maya", "Jonas")
	maya, jonas := all[0], all[1]
	settle(id, all...)
	maya.later(wordEvery)
	if err := maya.rename("k", "Kestrel Museums"); err != nil {
		t.Fatal(err)
	}
	good := maya.hash(id)
	jonas.later(wordEvery)
	maya.sync(id) // says what it made of it
	if _, err := jonas.db.Rejudge(context.Background(), id, func(change.Change) string { return "spoiled" }); err != nil {
		t.Fatal(err)
	}
	if jonas.account("k") != "" {
		t.Fatal("nothing was spoiled")
	}
	settle(id, all...)
	if jonas.hash(id) != good || jonas.account("k") != "Kestrel Museums" {
		t.Errorf("Jonas's state was not built anew: he sees %q", jonas.account("k"))
	}
	if a, b := maya.alarmed(id), jonas.alarmed(id); a != "" || b != "" {
		t.Errorf("the alarm stays: %q, %q", a, b)
	}
}

// TestTwoWhoMakeDifferentThingsOfTheSameAreTold has one say something else about what
// all have, as a laptop with another program would.
func TestTwoWhoMakeDifferentThingsOfTheSameAreTold(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya", "Jonas", "Ines")
	maya, jonas, ines := all[0], all[1], all[2]
	settle(id, all...)
	sp, err := jonas.db.Space(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	jonas.later(wordEvery)
	r, err := jonas.alone(ctx, sp)
	if err != nil {
		t.Fatal(err)
	}
	stands, err := jonas.db.Stands(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	stands.State = strings.Repeat("a", 52)
	if err := r.speak(ctx, stands, 0); err != nil {
		t.Fatal(err)
	}
	name, body := "", []byte(nil)
	for _, n := range r.of(team.WordPiece) {
		w, _, err := r.word(ctx, n)
		if err != nil {
			t.Fatal(err)
		}
		if w.State == stands.State {
			name = n
			if body, err = jonas.db.PieceBody(ctx, id, n); err != nil {
				t.Fatal(err)
			}
		}
	}
	way, err := jonas.placeOf(ctx, sp, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := way.PutNew(ctx, name, body); err != nil {
		t.Fatal(err)
	}
	maya.sync(id)
	ines.sync(id)
	for _, l := range []*laptop{maya, ines} {
		if a := l.alarmed(id); !strings.Contains(a, "this laptop and Jonas’s laptop have the same changes") {
			t.Errorf("%s is told %q", l.name, a)
		}
		in, err := l.db.SpaceInput(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if facts := in.Facts(noon); facts[0].Mark != data.FactWrong || !strings.Contains(facts[0].Words, "made different things of them") || facts[0].More == "" {
			t.Errorf("%s's page says %+v", l.name, facts)
		}
	}
	if err := maya.rename("k", "Kestrel, later"); err != nil { // their words are of other changes now
		t.Fatal(err)
	}
	for _, l := range all {
		l.later(wordEvery)
	}
	settle(id, all...)
	for _, l := range all {
		if a := l.alarmed(id); a != "" {
			t.Errorf("%s is still told %q", l.name, a)
		}
	}
}

// readOnly is a place where nothing can be put any more.
type readOnly struct{ team.Carrier }

func (readOnly) PutNew(context.Context, string, []byte) error {
	return &data.Problem{Kind: data.ReadOnly, About: "shared"}
}

func TestWhoOnlyReadsAtAPlaceNeedNotSpeak(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya", "Jonas")
	maya, jonas := all[0], all[1]
	settle(id, all...)
	if err := maya.rename("k", "Kestrel Museums"); err != nil {
		t.Fatal(err)
	}
	maya.sync(id)
	jonas.later(wordEvery)
	fixed := jonas.carrier
	jonas.carrier = func(ctx context.Context, s data.Space, fresh bool) (team.Carrier, error) {
		way, err := fixed(ctx, s, fresh)
		return readOnly{way}, err
	}
	jonas.sync(id)
	if jonas.account("k") != "Kestrel Museums" {
		t.Errorf("Jonas sees %q", jonas.account("k"))
	}
	if err := jonas.rename("k", "Mine"); err != nil {
		t.Fatal(err)
	}
	if _, err := jonas.Sync(ctx, id); err == nil {
		t.Error("an edit that could not be put there is no problem")
	}
}
