package app

import (
	"strings"
	"testing"

	"rapport/data"
	"rapport/data/store"
)

func TestALineOfThePlanIsWrittenWhereItStands(t *testing.T) {
	w := testWindow(t, sampleCopy(t))
	d := &desk{}
	w.sharer = d
	plan := openPlan(t, w, "Kestrel Museums")
	first, second := plan.row().line, plan.rows[1].line
	texts := func(a, b string) {
		t.Helper()
		if one, two := plan.rows[0].line.Text, plan.rows[1].line.Text; one != a || two != b {
			t.Fatalf("the lines read %q and %q, not %q and %q", one, two, a, b)
		}
	}
	write := func(words string) {
		t.Helper()
		press(w, "I")
		if !plan.reword.field.Focused() || plan.reword.field.Text() != plan.row().line.Text {
			t.Fatalf("%q stands in the line, which has the keys: %v", plan.reword.field.Text(), plan.reword.field.Focused())
		}
		plan.reword.field.SetText(words)
	}

	write("No visitor sees a flicker")
	golden(t, w, "account-plan-writing")
	press(w, "Enter")
	texts("No visitor sees a flicker", second.Text)
	if w.canvas.Focused() != plan.list {
		t.Error("the list does not have the keys again")
	}
	if told := strings.Join(d.told, ", "); told != first.Kind+" "+first.ID+",  " {
		t.Errorf("the others are told %q", told)
	}
	w.undo()
	texts(first.Text, second.Text)

	write("Left with Escape")
	press(w, "Esc")
	texts(first.Text, second.Text)
	write("   ")
	press(w, "Enter")
	texts(first.Text, second.Text)

	write("Kept by going on")
	press(w, "Down")
	texts("Kept by going on", second.Text)
	if plan.reword.key != plan.rows[1].key || plan.reword.field.Text() != second.Text {
		t.Errorf("%q is written next", plan.reword.field.Text())
	}
	plan.reword.field.SetText("Kept by leaving")
	w.canvas.Unfocus()
	texts("Kept by going on", "Kept by leaving")

	press(w, "I")
	w.open(route{place: placeToday})
	if plan.reword.key != "" {
		t.Error("the line is written still after the page was left")
	}
}

// A line that somebody else takes away while it is written is written no more.
func TestALineThatGoesIsWrittenNoMore(t *testing.T) {
	db := sampleCopy(t)
	w := testWindow(t, db)
	d := &desk{}
	w.sharer = d
	plan := openPlan(t, w, "Kestrel Museums")
	for plan.row().line.Kind != data.KindFact {
		press(w, "Down")
	}
	id := plan.row().line.ID
	press(w, "I")
	fact, ok := partOf(plan.answer.in.Facts, id)
	if !ok {
		t.Fatalf("there is no fact %q", id)
	}
	mustWrite(t, db, func(tx *store.Tx) error { return store.DeletePart(tx, fact) })
	plan.load()
	if plan.reword.key != "" || d.told[len(d.told)-1] != " " {
		t.Errorf("%q is written still; the others are told %q", plan.reword.key, d.told)
	}
}

// What is no words of one's own, or stands beside another line, has its form.
func TestWhichLinesAreWrittenWhereTheyStand(t *testing.T) {
	line := data.SheetLine{Kind: data.KindRisk, ID: "r", Register: "what", Text: "Lenders withdraw"}
	quoted := line
	quoted.Kind = data.KindFeedback
	computed := line
	computed.ID = ""
	for name, c := range map[string]struct {
		row  planRow
		want bool
	}{
		"a line": {planRow{line: line}, true}, "what they said": {planRow{line: quoted}, false}, "what is computed": {planRow{line: computed}, false},
		"a pair": {planRow{kind: planGain, line: line}, false}, "what counts the others": {planRow{line: line, more: true}, false}, "none": {planRow{}, false},
	} {
		if got := canWrite(c.row); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
