package store

import (
	"context"
	"testing"

	"rapport/data"
	"rapport/data/change"
)

func TestWhatWouldBeSharedIsWhatIs(t *testing.T) {
	ctx := context.Background()
	maya := shared(t, "maya", data.Owner)
	write(t, maya, "added", putKestrel)
	write(t, maya, "added", func(tx *Tx) error { return tx.PutAccount(data.Account{ID: "secret", Name: "Nobody's business"}) })
	list, err := maya.ToShare(ctx, "k", teamSpace)
	if err != nil {
		t.Fatal(err)
	}
	titles := map[data.ThingRef]string{}
	for _, l := range list {
		titles[l.ThingRef] = l.Title
	}
	if len(list) != 4 || titles[data.ThingRef{Kind: data.KindAccount, ID: "k"}] != "Kestrel" || titles[data.ThingRef{Kind: data.KindPromise, ID: "p"}] != "Send the plan" {
		t.Fatalf("would share %+v", list)
	}
	before, own, err := maya.SpaceEntries(ctx)
	if err != nil || own != 2 || len(before) != 1 || before[0].Accounts != 0 {
		t.Fatalf("before: %+v, %d of our own, %v", before, own, err)
	}
	share(t, maya, "k")
	written := map[data.ThingRef]bool{}
	for _, c := range sent(t, maya) {
		written[data.ThingRef(c.Entity)] = true
	}
	if len(written) != len(titles) {
		t.Errorf("shared %d things, promised %d", len(written), len(titles))
	}
	for ref := range written {
		if _, ok := titles[ref]; !ok {
			t.Errorf("%+v went and was not shown before", ref)
		}
	}
	if again, err := maya.ToShare(ctx, "k", teamSpace); err != nil || len(again) != 0 {
		t.Errorf("would share again %+v, %v", again, err)
	}
	after, own, err := maya.SpaceEntries(ctx)
	if err != nil || own != 1 || after[0].Accounts != 1 || after[0].Unsent != len(sent(t, maya)) || len(after[0].Members) != 2 {
		t.Errorf("after: %+v, %d of our own, %v", after, own, err)
	}
}

func TestASpaceIsGatheredForItsPage(t *testing.T) {
	ctx := context.Background()
	maya, jonas := shared(t, "maya", data.Owner), shared(t, "jonas", data.Reader)
	write(t, maya, "added", putKestrel)
	share(t, maya, "k")
	receive(t, jonas, sent(t, maya))
	write(t, maya, "deleted", func(tx *Tx) error { return tx.DeleteContact("anna") })
	no := func(change.Change) string { return "she was removed" }
	if _, err := jonas.Receive(ctx, teamSpace, sent(t, maya), no); err != nil {
		t.Fatal(err)
	}
	write(t, jonas, "refused", func(tx *Tx) error { return tx.RefusePiece(teamSpace, "s-1", "its signature is not that of its log") })
	in, err := jonas.SpaceInput(ctx, teamSpace)
	if err != nil {
		t.Fatal(err)
	}
	if len(in.Shared) != 1 || in.Shared[0].Name != "Kestrel" || in.Things[data.KindContact] != 1 || in.Things[data.KindPromise] != 1 || in.Things[data.KindInteraction] != 1 {
		t.Errorf("it holds %+v and %+v", in.Shared, in.Things)
	}
	if len(in.KeptOut) != 1 || in.KeptOut[0].Why != "she was removed" || in.KeptOut[0].N == 0 || len(in.Refused) != 1 || in.Refused[0] != "its signature is not that of its log" {
		t.Errorf("kept out %+v, refused %v", in.KeptOut, in.Refused)
	}
	if in, err = maya.SpaceInput(ctx, teamSpace); err != nil || in.Things[data.KindContact] != 0 {
		t.Errorf("a person who was deleted counts: %+v, %v", in.Things, err)
	}
}

// TestWhatIsKeptOutIsOfWhoSignedIt gives changes a member's name that another's laptop
// signed, and others that nobody told of.
func TestWhatIsKeptOutIsOfWhoSignedIt(t *testing.T) {
	ctx := context.Background()
	maya, forger, stranger := shared(t, "maya", data.Owner), shared(t, "forger", data.Editor), shared(t, "stranger", data.Editor)
	write(t, maya, "", func(tx *Tx) error {
		if err := tx.PutMembers(teamSpace, []data.Member{{ID: "forger", Name: "Elin Sandvik", Side: data.Us, Role: data.Reader}}); err != nil {
			return err
		}
		return tx.PutDevices(teamSpace, []data.Device{{ID: "devicemaya", Member: "maya", Nth: 1}, {ID: "deviceforger", Member: "forger", Nth: 2}})
	})
	for _, from := range []*DB{forger, stranger} {
		write(t, from, "added", putKestrel)
		share(t, from, "k")
		forged := sent(t, from)
		for i := range forged {
			forged[i].Actor = "maya"
		}
		if _, err := maya.Receive(ctx, teamSpace, forged, func(change.Change) string { return "not allowed" }); err != nil {
			t.Fatal(err)
		}
	}
	in, err := maya.SpaceInput(ctx, teamSpace)
	if err != nil || len(in.KeptOut) != 2 || in.KeptOut[0].By != "" || in.KeptOut[1].By != "Elin Sandvik" {
		t.Fatalf("kept out: %+v, %v", in.KeptOut, err)
	}
	list, err := maya.Written(ctx, "k")
	if err != nil {
		t.Fatal(err)
	}
	laptops := map[string]bool{}
	for _, w := range list {
		laptops[w.Laptop()] = true
	}
	if !laptops["Elin Sandvik’s second laptop"] || !laptops["a laptop that nobody told of"] || len(laptops) != 2 {
		t.Errorf("written on %v", laptops)
	}
}
