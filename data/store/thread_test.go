package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rapport/data"
	"rapport/data/text"
)

// answering is a letter that names what it answers.
func answering(id, from, to, subject string, minutes int, references ...string) data.Message {
	m := letter(id, from, to, subject, noon.Add(time.Duration(minutes)*time.Minute))
	m.References = references
	return m
}

// conversations prints which mails are in one conversation, by Message.ID.
func conversations(t *testing.T, db *DB) string {
	t.Helper()
	list, err := query(context.Background(), db.read, scanString, `
		SELECT group_concat(id, ' ') FROM (SELECT m.id, i.thread FROM message m JOIN interaction i ON i.n = m.interaction_n ORDER BY m.id)
		GROUP BY thread ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(list, "\n")
}

// threaded prints the same of all the mails at once, as data/text says.
func threaded(mails []data.Message) string {
	nodes := make([]text.Node, len(mails))
	for i, m := range mails {
		nodes[i] = data.ThreadNode(m)
	}
	var list []string
	for _, t := range text.ThreadsBySubject(nodes, data.ThreadWithin).Threads {
		list = append(list, strings.Join(slices.Sorted(slices.Values(t.IDs)), " "))
	}
	slices.Sort(list)
	return strings.Join(list, "\n")
}

// TestConversationsAreThoseOfAllMailsInAnyOrder lets mails with missing,
// broken, cut and repeated ids come in any order and in any batches.
func TestConversationsAreThoseOfAllMailsInAnyOrder(t *testing.T) {
	ids := rapid.SampledFrom([]string{"a@x", "b@x", "c@x", "d@x", "e@x", "f@x", "g@x", "h@x", "<i@x>", "", "broken id", "anna@kestrel.example"})
	people := rapid.SampledFrom([]string{"maya@larkfield.example", "anna@kestrel.example", "leon@kestrel.example"})
	rapid.Check(t, func(r *rapid.T) {
		var mails []data.Message
		seen := map[string]bool{}
		for i := range rapid.IntRange(1, 12).Draw(r, "mails") {
			m := answering(fmt.Sprint(i), people.Draw(r, "from"), people.Draw(r, "to"), rapid.SampledFrom([]string{"Kiln", "Re: Kiln", "AW: kiln", "Lamps", "Re: Lamps", "Re:"}).Draw(r, "subject"),
				rapid.SampledFrom([]int{0, 1, 2, 60 * 24 * 20, 60 * 24 * 45}).Draw(r, "minutes"), rapid.SliceOfN(ids, 0, 3).Draw(r, "references")...)
			m.MessageID, m.InReplyTo = ids.Draw(r, "id"), ids.Draw(r, "answers")
			m.Automated = rapid.SampledFrom([]string{"", "", "", data.AutomatedBulk}).Draw(r, "automated")
			m.ID = data.MessageIDOf([]byte(asJSON(m)))
			if !seen[m.ID] {
				seen[m.ID] = true
				mails = append(mails, m)
			}
		}
		want, names := threaded(mails), ""
		for range 2 {
			db := open(t)
			box := addMailbox(t, db)
			order := rapid.Permutation(mails).Draw(r, "order")
			for batch, size := 0, rapid.IntRange(1, 4).Draw(r, "batch"); len(order) > 0; batch++ {
				part := order[:min(size, len(order))]
				order = order[len(part):]
				b := arriving(box, part...)
				b.Folder = fmt.Sprint(batch)
				for i := range b.Arrived {
					b.Arrived[i].Location.Folder = b.Folder
				}
				ingest(t, db, box, b)
			}
			if got := conversations(t, db); got != want {
				r.Fatalf("kept:\n%s\nwant:\n%s", got, want)
			}
			all, err := query(context.Background(), db.read, scanString, `SELECT id || ' ' || thread FROM interaction ORDER BY id`)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(all, "\n"); names != "" && got != names {
				r.Fatalf("the conversations' IDs in another order:\n%s\nand\n%s", got, names)
			} else {
				names = got
			}
			db.Close()
		}
	})
}

func TestAConversationComesTogetherNewestFirst(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	box := addMailbox(t, db)
	anna, maya := "anna@kestrel.example", "maya@larkfield.example"
	// The client of the second cut References, and the first mail was never sent to us.
	third := answering("3", maya, anna, "Re: Kiln", 3, "0@mail.example", "1@mail.example", "2@mail.example")
	second := answering("2", anna, maya, "Re: Kiln", 2, "1@mail.example")
	first := answering("1", maya, anna, "Re: Kiln", 1, "0@mail.example")
	for i, m := range []data.Message{second, first, third} {
		ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "INBOX", Arrived: []data.Arrival{at(box, "INBOX", 1, uint32(i+1), m)}})
	}
	i, err := db.Interaction(ctx, data.InteractionIDOf(second))
	if err != nil {
		t.Fatal(err)
	}
	mails, err := db.ThreadMails(ctx, i.Thread)
	if err != nil || len(mails) != 3 || mails[0].ID != data.InteractionIDOf(first) {
		t.Fatalf("the conversation has %+v, %v", mails, err)
	}
	other := answering("9", anna, maya, "Kiln", 9)
	ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "INBOX", Arrived: []data.Arrival{at(box, "INBOX", 1, 9, other)}})
	if mails, _ := db.ThreadMails(ctx, i.Thread); len(mails) != 3 {
		t.Error("a new mail of the same subject joined by its subject alone")
	}
	headless := answering("10", maya, anna, "AW: Kiln", 10)
	ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "INBOX", Arrived: []data.Arrival{at(box, "INBOX", 1, 10, headless)}})
	joined, err := db.Interaction(ctx, data.InteractionIDOf(headless))
	if err != nil {
		t.Fatal(err)
	}
	if mails, _ := db.ThreadMails(ctx, joined.Thread); len(mails) != 5 {
		t.Errorf("with an answer that names nothing it has %d mails, want 5", len(mails))
	}
}

// A program that gives all its mails one Message-ID does not make one
// conversation of them, however they come.
func TestAMessageIDThatIsSharedByManyJoinsFew(t *testing.T) {
	for name, batch := range map[string]int{"one by one": 1, "all at once": 40, "in batches": 7} {
		t.Run(name, func(t *testing.T) {
			db := open(t)
			box := addMailbox(t, db)
			var mails []data.Message
			for i := range 40 {
				m := answering(fmt.Sprint(i), "alerts@kestrel.example", box.Address, fmt.Sprint("Backup of day ", i), 60*24*i)
				m.MessageID = "constant@kestrel.example"
				mails = append(mails, m)
			}
			uid := uint32(0)
			for part := range slices.Chunk(mails, batch) {
				b := data.Batch{Mailbox: box.ID, Folder: "INBOX"}
				for _, m := range part {
					uid++
					b.Arrived = append(b.Arrived, at(box, "INBOX", 1, uid, m))
				}
				ingest(t, db, box, b)
			}
			sizes := map[int]int{}
			for line := range strings.SplitSeq(conversations(t, db), "\n") {
				sizes[len(strings.Fields(line))]++
			}
			if len(sizes) != 2 || sizes[bearersMost] != 1 || sizes[1] != 40-bearersMost {
				t.Errorf("conversations by their number of mails: %v", sizes)
			}
			// What answers one of them has its place still.
			ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "Sent", Arrived: []data.Arrival{
				at(box, "Sent", 1, 1, answering("answer", box.Address, "alerts@kestrel.example", "Re: Backup", 60*24*50, "constant@kestrel.example"))}})
			if got := conversations(t, db); strings.Count(got, "\n") != 40-bearersMost {
				t.Errorf("with an answer:\n%s", got)
			}
		})
	}
}

func TestTheSameMailInTwoFoldersIsOneEntryWithBothPlaces(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	box := addMailbox(t, db)
	m := letter("1", "anna@kestrel.example", box.Address, "Lamps", noon)
	ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "INBOX", Arrived: []data.Arrival{at(box, "INBOX", 1, 1, m)}})
	ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "Kestrel", Arrived: []data.Arrival{at(box, "Kestrel", 1, 7, m)}})
	d, err := db.Interaction(ctx, data.InteractionIDOf(m))
	if err != nil || len(d.Messages) != 1 || len(d.Messages[0].Locations) != 2 {
		t.Errorf("the entry is %+v, %v; want one mail in two places", d.Messages, err)
	}
}
