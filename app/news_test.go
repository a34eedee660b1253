package app

import (
	"testing"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// awayWhile lets Elin change the account and add somebody, and write one thing apart
// from Maya.
func awayWhile(t *testing.T, maya, elin *store.DB) {
	t.Helper()
	apart(t, maya, elin)
	mustWrite(t, elin, func(tx *store.Tx) error {
		if err := tx.PutContact(data.Contact{ID: "ida", AccountID: "k", Name: "Ida Holm"}); err != nil {
			return err
		}
		return tx.ChangeAccount("k", func(a *data.Account) { a.Sector = "Museums" })
	})
	give(t, elin, maya, larkfield, "elin")
}

func TestWhileYouWereAway(t *testing.T) {
	maya, elin := teamStores(t)
	awayWhile(t, maya, elin)
	w := testWindow(t, maya)
	p := openSharing(t, w)
	checkShown(t, w, "While you were away", "Elin changed 3 things of 1 account")
	golden(t, w, "sharing-news")
	press(w, "W")
	checkShown(t, w, "1 choice for you", "added the contact", "changed sector of the account", "Ida Holm")
	golden(t, w, "news")
	press(w, "S")
	if topOverlay(w.canvas) != nil || p.answer.news.Sum() != "" {
		t.Fatalf("seen, and there is %q", p.answer.news.Sum())
	}
	checkAbsent(t, w, "While you were away")
}

func TestTheNewsLeadsToTheChoiceAndTheHistory(t *testing.T) {
	maya, elin := teamStores(t)
	awayWhile(t, maya, elin)
	w := testWindow(t, maya)
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	defer kit.Wear(testApp, kit.NewTheme(kit.Light, 1))
	w.open(route{place: placeToday})
	w.openNews()
	golden(t, w, "news-dark")
	press(w, "V")
	checkShown(t, w, "Two people changed the same line")
	w.openNews()
	press(w, "J", "H")
	checkShown(t, w, "All fields")
	w.openNews()
	press(w, "Enter")
	if w.here() != (route{place: placeAccount, id: "k"}) {
		t.Fatalf("Enter leads to %+v", w.here())
	}
}
