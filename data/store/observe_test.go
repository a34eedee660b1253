package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/data"

	"pgregory.net/rapid"
)

// colleagues are two workspaces that share the account "nu". Each has a mailbox of
// its own, with the rule that nothing leaves.
type colleagues struct {
	t           testing.TB
	maya, jonas *DB
}

func newColleagues(t testing.TB, maya, jonas []data.Arrival) *colleagues {
	t.Helper()
	c := &colleagues{t, mailed(t, maya...), mailed(t, jonas...)}
	for self, db := range map[string]*DB{"maya": c.maya, "jonas": c.jonas} {
		write(t, db, "", func(tx *Tx) error {
			s := data.Space{ID: teamSpace, Name: "Larkfield", Kind: data.TeamSpace, Self: self}
			if err := tx.AddSpace(s, []byte(strings.Repeat("k", 32)), "device"+self); err != nil {
				return err
			}
			return tx.PutMembers(teamSpace, []data.Member{{ID: "maya", Name: "Maya", Side: data.Us, Role: data.Owner}, {ID: "jonas", Name: "Jonas", Side: data.Us, Role: data.Contributor}})
		})
	}
	write(t, c.maya, "", func(tx *Tx) error { _, err := tx.ShareAccount("nu", teamSpace); return err })
	c.exchange()
	return c
}

// exchange brings each what the other has, and makes sure that nothing is left to do.
func (c *colleagues) exchange() {
	c.t.Helper()
	both := []*DB{c.maya, c.jonas}
	for range 2 {
		for i, db := range both {
			observeAll(c.t, db)
			receive(c.t, both[1-i], sent(c.t, db))
		}
	}
	for _, db := range both {
		if n, err := db.ToTell(context.Background(), teamSpace); err != nil || n != 0 {
			c.t.Fatalf("%d mails wait, %v", n, err)
		}
	}
	if stateHash(c.t, c.maya) != stateHash(c.t, c.jonas) {
		c.t.Fatal("the two have different states")
	}
}

func observeAll(t testing.TB, db *DB) {
	t.Helper()
	for n := 1; n > 0; {
		var err error
		if n, err = db.Observe(context.Background(), teamSpace, 2); err != nil {
			t.Fatal(err)
		}
	}
}

func setRule(t testing.TB, db *DB, rule data.Share) {
	t.Helper()
	boxes, err := db.Mailboxes(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	boxes[0].Share = rule
	write(t, db, "", func(tx *Tx) error { _, err := tx.Choose(boxes[0]); return err })
}

// lines are a timeline as people see it: title, and which colleagues told of it.
func lines(t testing.TB, db *DB, account string) (list []string) {
	t.Helper()
	entries, err := db.Timeline(context.Background(), data.TimelineQuery{Account: account}, noon)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		line := data.TitleOf(e)
		if len(e.SeenBy) > 0 {
			line += " (" + strings.Join(e.SeenBy, ", ") + ")"
		}
		list = append(list, line)
	}
	return list
}

func wantLines(t testing.TB, what string, db *DB, want ...string) {
	t.Helper()
	if got := lines(t, db, "nu"); !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func TestAColleagueSeesOfAMailWhatTheRuleSays(t *testing.T) {
	c := newColleagues(t, []data.Arrival{mailFrom("a", 1, priya, "The budget is through")}, nil)
	wantLines(t, "private", c.jonas)
	setRule(t, c.maya, data.ShareContact)
	c.exchange()
	wantLines(t, "that we spoke", c.jonas, "Private to Maya (Maya)")
	setRule(t, c.maya, data.ShareSubject)
	c.exchange()
	wantLines(t, "the subject", c.jonas, "Mail a (Maya)")
	setRule(t, c.maya, data.ShareText)
	c.exchange()
	list, err := c.jonas.Timeline(context.Background(), data.TimelineQuery{Account: "nu"}, noon)
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	e := list[0]
	if e.Preview != "The budget is through" || e.Direction != data.In || !e.At.Equal(noon.AddDate(0, 0, -1)) || e.Reason != "Maya shared it" ||
		len(e.People) != 2 || e.People[0].Contact != "priya" || e.People[1].Side != data.Us {
		t.Errorf("Jonas sees %+v", e)
	}
	setRule(t, c.maya, data.ShareSubject)
	c.exchange()
	wantLines(t, "narrower again", c.jonas, "Mail a (Maya)")
	for _, db := range []*DB{c.maya, c.jonas} {
		if said := bodies(t, db); strings.Contains(said, "budget") {
			t.Errorf("the text that was taken back is still in the history: %s", said)
		}
	}
	setRule(t, c.maya, data.ShareNothing)
	c.exchange()
	wantLines(t, "nothing", c.jonas)
	wantLines(t, "Maya's own", c.maya, "Mail a")
	if said := bodies(t, c.jonas); strings.Contains(said, "Mail a") {
		t.Errorf("the subject is still in the history: %s", said)
	}
}

// bodies are all changes of the space that a workspace holds, and what is shown of them.
func bodies(t testing.TB, db *DB) string {
	t.Helper()
	var b strings.Builder
	for _, c := range sent(t, db) {
		line, err := c.Encode()
		if err != nil {
			t.Fatal(err)
		}
		b.Write(line)
	}
	rows, err := query(context.Background(), db.read, scanString, `SELECT body FROM observation UNION ALL SELECT value FROM version WHERE space_id = 'team'`)
	if err != nil {
		t.Fatal(err)
	}
	return b.String() + strings.Join(rows, "\n")
}

func TestAMailThatTwoReceivedStandsOnce(t *testing.T) {
	same := mailFrom("a", 1, priya, "Hello")
	c := newColleagues(t, []data.Arrival{same, mailFrom("b", 2, priya, "Only Maya's")}, []data.Arrival{same})
	setRule(t, c.maya, data.ShareSubject)
	c.exchange()
	wantLines(t, "Jonas keeps his own", c.jonas, "Mail a (Maya)", "Mail b (Maya)")
	wantLines(t, "Maya is told by nobody", c.maya, "Mail a", "Mail b")
	setRule(t, c.jonas, data.ShareContact)
	c.exchange()
	wantLines(t, "both told", c.maya, "Mail a (Jonas)", "Mail b")
	setRule(t, c.maya, data.ShareNothing)
	c.exchange()
	wantLines(t, "Maya took hers back", c.jonas, "Mail a")
}

func TestTheOwnCopyTakesThePlaceOfWhatAColleagueTold(t *testing.T) {
	c := newColleagues(t, []data.Arrival{mailFrom("a", 1, priya, "Hello")}, nil)
	setRule(t, c.maya, data.ShareText)
	c.exchange()
	wantLines(t, "before", c.jonas, "Mail a (Maya)")
	if _, err := c.jonas.Ingest(context.Background(), "box", "box", noon, data.Batch{Mailbox: "box", Folder: "INBOX", Arrived: []data.Arrival{mailFrom("a", 1, priya, "Hello")}}); err != nil {
		t.Fatal(err)
	}
	wantLines(t, "at once, with no exchange", c.jonas, "Mail a (Maya)")
	list, err := c.jonas.Timeline(context.Background(), data.TimelineQuery{Account: "nu"}, noon)
	if err != nil || list[0].Source == data.SharedByTeam {
		t.Errorf("it is not his own: %+v, %v", list, err)
	}
	write(t, c.jonas, "", func(tx *Tx) error { return tx.FileByHand(list[0].ID, "nu", false) })
	wantLines(t, "he took it off his timeline, and it stays off", c.jonas)
	c.exchange()
	wantLines(t, "after an exchange too", c.jonas)
}

func TestFilingAndExceptionsDecideAnew(t *testing.T) {
	c := newColleagues(t, []data.Arrival{mailFrom("a", 1, priya, "Hello"), mailFrom("x", 2, karin, "Stranger")}, nil)
	setRule(t, c.maya, data.ShareSubject)
	c.exchange()
	wantLines(t, "at first", c.jonas, "Mail a (Maya)")
	ctx := context.Background()
	stranger, err := one(ctx, c.maya.read, scanString, `SELECT id FROM interaction WHERE subject = 'Mail x'`)
	if err != nil {
		t.Fatal(err)
	}
	write(t, c.maya, "", func(tx *Tx) error { return tx.FileByHand(stranger, "nu", true) })
	c.exchange()
	wantLines(t, "filed by hand", c.jonas, "Mail a (Maya)", "Mail x (Maya)")
	write(t, c.maya, "", func(tx *Tx) error { return tx.FileByHand(stranger, "nu", false) })
	c.exchange()
	wantLines(t, "and taken off", c.jonas, "Mail a (Maya)")
	u := write(t, c.maya, "private", func(tx *Tx) error {
		return tx.PutShareException(ShareException{Contact: "priya", Share: data.ShareNothing})
	})
	c.exchange()
	wantLines(t, "a private contact", c.jonas)
	if _, err := c.maya.Undo(ctx, u.ID); err != nil {
		t.Fatal(err)
	}
	c.exchange()
	wantLines(t, "undone", c.jonas, "Mail a (Maya)")
	write(t, c.maya, "", func(tx *Tx) error {
		return tx.PutContact(data.Contact{ID: "priya", AccountID: "nu", Name: "Priya Raman", Emails: []string{"priya@northmoor.example"}})
	})
	c.exchange()
	list, err := c.jonas.Timeline(ctx, data.TimelineQuery{Account: "nu"}, noon)
	if err != nil || list[0].People[0].Name != "Priya Raman" {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestWhatIsForgottenIsTakenBackAndWhatIsThrownAwayStays(t *testing.T) {
	c := newColleagues(t, []data.Arrival{mailFrom("a", 1, priya, "Hello"), mailFrom("b", 2, priya, "Old")}, nil)
	setRule(t, c.maya, data.ShareSubject)
	c.exchange()
	ctx := context.Background()
	list, err := c.maya.Timeline(ctx, data.TimelineQuery{Account: "nu"}, noon)
	if err != nil || len(list) != 2 {
		t.Fatalf("%+v, %v", list, err)
	}
	if _, _, err := c.maya.LeaveOut(ctx, data.LeaveOut{Kind: data.OutMail}, list[0].ID); err != nil {
		t.Fatal(err)
	}
	write(t, c.maya, "", func(tx *Tx) error {
		n, err := one(tx.ctx, tx.sql, scanInt64, `SELECT n FROM message WHERE subject = 'Mail b'`)
		if err != nil {
			return err
		}
		return tx.eraseMessages([]int64{n})
	})
	c.exchange()
	wantLines(t, "at Jonas'", c.jonas, "Mail b (Maya)")
	wantLines(t, "Maya sees what she told", c.maya, "Mail b")
}

func TestWhoMayNotWriteTellsNothing(t *testing.T) {
	c := newColleagues(t, nil, []data.Arrival{mailFrom("a", 1, priya, "Hello")})
	setRule(t, c.jonas, data.ShareText)
	roles := func(role data.SpaceRole) {
		write(t, c.jonas, "", func(tx *Tx) error {
			return tx.PutMembers(teamSpace, []data.Member{{ID: "maya", Name: "Maya", Side: data.Us, Role: data.Owner}, {ID: "jonas", Name: "Jonas", Side: data.Us, Role: role}})
		})
	}
	roles(data.Reader)
	observeAll(t, c.jonas)
	if list := sent(t, c.jonas); len(list) != len(sent(t, c.maya)) {
		t.Errorf("a reader told of a mail: %+v", list)
	}
	roles(data.Contributor)
	c.exchange()
	wantLines(t, "once he may", c.maya, "Mail a (Jonas)")
}

func TestAJointSpaceIsToldOfNoMail(t *testing.T) {
	c := newColleagues(t, []data.Arrival{mailFrom("a", 1, priya, "Hello")}, nil)
	setRule(t, c.maya, data.ShareText)
	write(t, c.maya, "", func(tx *Tx) error {
		return tx.ChangeSpace(data.Space{ID: teamSpace, Name: "Larkfield", Kind: data.JointSpace})
	})
	c.exchange()
	wantLines(t, "joint", c.jonas)
}

// TestWhateverIsRuledBothSeeEachMailOnce lets rules, filing and mails change in any
// order: in the end each mail stands once, as the rules say, and another exchange
// writes nothing.
func TestWhateverIsRuledBothSeeEachMailOnce(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		mails := []data.Arrival{mailFrom("a", 1, priya, "SECRET a"), mailFrom("b", 2, priya, "SECRET b"), mailFrom("d", 3, priya, "SECRET d")}
		c := newColleagues(t, mails[:2], mails[1:])
		rules := map[*DB]data.Share{c.maya: data.ShareNothing, c.jonas: data.ShareNothing}
		for range rapid.IntRange(1, 6).Draw(rt, "steps") {
			db := rapid.SampledFrom([]*DB{c.maya, c.jonas}).Draw(rt, "who")
			if rapid.Bool().Draw(rt, "exchange") {
				c.exchange()
				continue
			}
			rules[db] = rapid.SampledFrom(data.Shares).Draw(rt, "rule")
			setRule(t, db, rules[db])
		}
		c.exchange()
		before := len(sent(t, c.maya))
		c.exchange()
		if after := len(sent(t, c.maya)); after != before {
			rt.Fatalf("an exchange with nothing new wrote %d changes", after-before)
		}
		for _, side := range []struct {
			db, other *DB
			own       []string
			theirs    string
			by        string
		}{{c.maya, c.jonas, []string{"a", "b"}, "d", "Jonas"}, {c.jonas, c.maya, []string{"b", "d"}, "a", "Maya"}} {
			want := map[string]string{}
			for _, id := range side.own {
				want[id] = "Mail " + id
			}
			if rules[side.other] != data.ShareNothing {
				want["b"] += " (" + side.by + ")"
				want[side.theirs] = "Mail " + side.theirs + " (" + side.by + ")"
				if rules[side.other] == data.ShareContact {
					want[side.theirs] = "Private to " + side.by + " (" + side.by + ")"
				}
			}
			var list []string
			for _, id := range []string{"a", "b", "d"} {
				if want[id] != "" {
					list = append(list, want[id])
				}
			}
			if got := lines(t, side.db, "nu"); !slices.Equal(got, list) {
				rt.Fatalf("with %v told by %s: %q, want %q", rules[side.other], side.by, got, list)
			}
		}
		if said := bodies(t, c.maya); rules[c.maya] != data.ShareText && rules[c.jonas] != data.ShareText && strings.Contains(said, "SECRET") {
			rt.Fatalf("a text is in the space though no rule lets it: %s", said)
		}
	})
}

func TestWhatColleaguesToldIsFoundAndCounts(t *testing.T) {
	c := newColleagues(t, []data.Arrival{mailFrom("a", 1, priya, "Chandeliers")}, nil)
	setRule(t, c.maya, data.ShareText)
	c.exchange()
	ctx := context.Background()
	found, err := c.jonas.Search(ctx, "chandeliers", 5)
	if err != nil || len(found.Interactions) != 1 {
		t.Errorf("found %+v, %v", found, err)
	}
	touches, err := c.jonas.Touches(ctx, "nu", noon.AddDate(0, 0, -9), noon)
	if err != nil || len(touches) != 1 || touches[0].By != data.Customer {
		t.Errorf("touches %+v, %v", touches, err)
	}
	list, err := c.jonas.Timeline(ctx, data.TimelineQuery{Account: "nu"}, noon)
	if err != nil {
		t.Fatal(err)
	}
	d, err := c.jonas.Interaction(ctx, list[0].ID)
	if err != nil || d.Text != "Chandeliers" || len(d.Matches) != 1 || d.Matches[0].Kind != data.ByTeam {
		t.Errorf("opened it says %+v, %v", d, err)
	}
}

// BenchmarkObserve is how long it takes to decide of a mail and write what is told.
func BenchmarkObserve(b *testing.B) {
	var mails []data.Arrival
	for i := range 2000 {
		a := mailFrom(fmt.Sprint(i), i%900, priya, "Hello")
		a.Location.UID = uint32(i + 1)
		mails = append(mails, a)
	}
	for b.Loop() {
		b.StopTimer()
		c := newColleagues(b, mails, nil)
		setRule(b, c.maya, data.ShareText)
		b.StartTimer()
		began := time.Now()
		for n := 1; n > 0; {
			var err error
			if n, err = c.maya.Observe(context.Background(), teamSpace, 500); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(len(mails))/time.Since(began).Seconds(), "mails/s")
	}
}
