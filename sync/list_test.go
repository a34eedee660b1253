package sync

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/store"
)

// writeOrders writes a list of orders of about a size, with three broken rows.
func writeOrders(t *testing.T, path string, size int) (rows int) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	out := bufio.NewWriter(file)
	written, _ := out.WriteString("Customer;Order date;Amount;Number;What\n")
	day := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for rows = 0; written < size; rows++ {
		on := day.AddDate(0, 0, rows%2000).Format("02.01.2006")
		switch rows {
		case 1000:
			on = "31.02.2026"
		case 2000:
			on += ";one more"
		case 3000:
			on = "\"" + on
		}
		n, _ := fmt.Fprintf(out, "Kestrel Museums;%s;1.240,%02d;%d;Spare parts for a hall, with the fitting\n", on, rows%100, rows)
		written += n
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestALargeListWithThreeBrokenRows brings in 1 MB, or as many as RAPPORT_LIST_MB
// says, to be measured.
func TestALargeListWithThreeBrokenRows(t *testing.T) {
	size := 1 << 20
	if mb, err := strconv.Atoi(os.Getenv("RAPPORT_LIST_MB")); err == nil {
		size = mb << 20
	}
	ctx, dir := context.Background(), t.TempDir()
	path := filepath.Join(dir, "orders.csv")
	rows := writeOrders(t, path, size)
	db, err := store.Open(ctx, filepath.Join(dir, "ws"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := db.Write(ctx, "", func(tx *store.Tx) error {
		return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel Museums"})
	}); err != nil {
		t.Fatal(err)
	}
	began, most := time.Now(), uint64(0)
	r, err := ImportList(ctx, db, ListImport{Path: path, As: data.ListOrders, Told: func(int64, int64) {
		var m runtime.MemStats
		if runtime.ReadMemStats(&m); m.HeapInuse > most {
			most = m.HeapInuse
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d rows, %d MB in %s, heap at most %d MB", rows, size>>20, time.Since(began).Round(10*time.Millisecond), most>>20)
	if r.Rows != rows || r.New != rows-3 || len(r.Broken) != 3 {
		t.Errorf("%d rows, %d new, broken %+v", r.Rows, r.New, r.Broken)
	}
	for i, line := range []int{1002, 2002, 3002} {
		if i < len(r.Broken) && r.Broken[i].Line != line {
			t.Errorf("broken row %d is in line %d, not %d", i, r.Broken[i].Line, line)
		}
	}
	if _, err := os.Stat(r.Repair); err != nil {
		t.Error(err)
	}
	if _, err := db.UndoLast(ctx); err != nil {
		t.Fatal(err)
	}
	list, err := db.Purchases(ctx, "k", "", "")
	if err != nil || len(list) != 0 {
		t.Errorf("one undo left %d purchases, %v", len(list), err)
	}
}

func TestAnInterruptedListLeavesNothing(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	path := filepath.Join(dir, "orders.csv")
	writeOrders(t, path, 1<<19)
	db, err := store.Open(ctx, filepath.Join(dir, "ws"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	stopped, stop := context.WithCancel(ctx)
	times := 0
	_, err = ImportList(stopped, db, ListImport{Path: path, As: data.ListOrders, AddAccounts: true, Told: func(int64, int64) {
		if times++; times == 9 {
			stop()
		}
	}})
	if err == nil {
		t.Fatal("it was not interrupted")
	}
	accounts, err := db.Accounts(ctx)
	if err != nil || len(accounts) != 0 {
		t.Errorf("%+v, %v", accounts, err)
	}
	if found, err := filepath.Glob(filepath.Join(dir, "*.repair.csv")); err != nil || len(found) != 0 {
		t.Errorf("%v, %v", found, err)
	}
}
