package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/data"
	"rapport/data/store"
)

// importStore is a workspace with two accounts.
func importStore(t *testing.T) *store.DB {
	t.Helper()
	db := testStore(t)
	if _, err := db.Write(context.Background(), "", func(tx *store.Tx) error {
		if err := tx.PutAccount(data.Account{ID: "k", Name: "Kestrel Museums", Domains: []string{"kestrel.example"}}); err != nil {
			return err
		}
		return tx.PutAccount(data.Account{ID: "m", Name: "Möbel Krüger", Domains: []string{"krueger.example"}})
	}); err != nil {
		t.Fatal(err)
	}
	return db
}

// saved is a file with a text in Windows-1252.
func saved(t *testing.T, name, text string) string {
	t.Helper()
	var old []byte
	for _, r := range text {
		old = append(old, byte(r)) // its letters are the first 256 of Unicode
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const germanOrders = `Kunde;Bestelldatum;Nettobetrag;Bestellnummer;Bemerkung
Kestrel Museums;03.11.2026;1.200,50;4711;Licht
Möbel Krüger;04.11.2026;80,00;4712;
Kestrel Museums;31.11.2026;12,00;4713;unmöglicher Tag
Kestrl Museums;05.11.2026;15,00;4714;Schreibfehler
`

func purchases(t *testing.T, db *store.DB, account string) int {
	t.Helper()
	list, err := db.Purchases(context.Background(), account, "2000-01-01", "2100-01-01")
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

func TestAListIsPreviewedImportedMendedAndUndone(t *testing.T) {
	db := importStore(t)
	w := testWindow(t, db)
	path := saved(t, "auftraege.csv", germanOrders)
	w.drop([]string{path})
	checkShown(t, w, "Import a list", "Windows-1252, semicolons between values, amounts like 1.200,50", "Kunde", "account", "2026-11-03", "Möbel Krüger",
		`Date: "31.11.2026" is not a date`, `No account is called "Kestrl Museums"`, "Import orders")
	if n := purchases(t, db, "k"); n != 0 {
		t.Fatalf("looking kept %d rows", n)
	}
	press(w, "Y")
	checkShown(t, w, "2 of 4 orders imported", "Names that are no account's", "Kestrl Museums", "Left over")
	p := w.page().(*importPage)
	if len(p.done.rows) != 2 || purchases(t, db, "k") != 1 {
		t.Fatalf("%d left over, %d kept", len(p.done.rows), purchases(t, db, "k"))
	}
	for i, b := range p.done.rows {
		for k, c := range p.done.columns {
			if b.Cells[c] == "31.11.2026" {
				p.done.fields[i][k].SetText("30.10.2026")
			}
		}
	}
	p.done.means["Kestrl Museums"] = "k"
	press(w, "R")
	checkShown(t, w, "4 of 4 orders imported", "4 new, 0 changed, 0 here already")
	checkAbsent(t, w, "Left over")
	if n := purchases(t, db, "k"); n != 3 {
		t.Errorf("%d rows of Kestrel, want 3", n)
	}
	w.undo()
	if n := purchases(t, db, "k") + purchases(t, db, "m"); n != 0 {
		t.Errorf("%d rows are here after one undo", n)
	}
	w.redo()
	if n := purchases(t, db, "k"); n != 3 {
		t.Errorf("%d rows are here again, want 3", n)
	}
}

func TestAColumnCanBeSaidAndIsRemembered(t *testing.T) {
	db := importStore(t)
	w := testWindow(t, db)
	path := saved(t, "x.csv", "Haus,Am,Wieviel\nKestrel Museums,2026-11-03,12.00\n")
	w.drop([]string{path})
	p := w.page().(*importPage)
	checkShown(t, w, "Import a list")
	p.asked.As = data.ListOrders
	p.look()
	checkShown(t, w, "No column says the account, date and amount yet. Choose above which one does.")
	if p.ready() {
		t.Fatal("it can be imported without an amount")
	}
	p.mapped("Haus", "account")
	p.mapped("Am", "date")
	p.mapped("Wieviel", "amount")
	checkAbsent(t, w, "No column says")
	press(w, "Y")
	checkShown(t, w, "1 of 1 orders imported")
	press(w, "N")
	w.drop([]string{path})
	p = w.page().(*importPage)
	p.asked.As = data.ListOrders
	p.look()
	checkShown(t, w, "here already")
}

func TestPeopleOfVCardsAreImported(t *testing.T) {
	db := importStore(t)
	w := testWindow(t, db)
	w.drop([]string{saved(t, "people.vcf", "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Br=FCning;Eva\r\nEMAIL;INTERNET:eva@kestrel.example\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nTEL:12\r\nEND:VCARD\r\n")})
	checkShown(t, w, "What the first of 2 cards become", "Eva Brüning", "eva@kestrel.example", "Kestrel Museums", "left over")
	press(w, "Y")
	checkShown(t, w, "1 of 2 people imported", "Left over")
	people, err := db.Contacts(context.Background(), "k")
	if err != nil || len(people) != 1 || people[0].Name != "Eva Brüning" {
		t.Fatalf("%+v, %v", people, err)
	}
	w.undo()
	if people, _ := db.Contacts(context.Background(), "k"); len(people) != 0 {
		t.Errorf("undo left %+v", people)
	}
}

func TestWhatCannotBeImportedSaysSo(t *testing.T) {
	w := testWindow(t, importStore(t))
	w.open(route{place: placeImport, id: "/nowhere/list.csv"})
	checkShown(t, w, "/nowhere/list.csv")
	w.drop([]string{"/tmp/picture.png"})
	checkShown(t, w, "picture.png is no list, vCard, bundle or invitation, so nothing was done with it")
}

func TestTheNewestListsAreOffered(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.csv", "b.VCF", "c.png"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := newestLists([]string{dir, filepath.Join(dir, "none")}, 5); len(got) != 2 || strings.Contains(strings.Join(got, " "), "png") {
		t.Errorf("offered %v", got)
	}
	if got := newestLists([]string{dir}, 1); len(got) != 1 {
		t.Errorf("offered %v", got)
	}
}
