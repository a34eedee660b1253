package store

import (
	"context"
	"testing"
	"time"

	"rapport/data"
)

// TestManyMayReadMessagesAtOnce begins as many readings as there are
// connections, all of which need more for each row.
func TestManyMayReadMessagesAtOnce(t *testing.T) {
	db := fromAnna(t)
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
	defer stop()
	began, done := make(chan struct{}), make(chan error)
	const readers = 8
	for range readers {
		go func() {
			<-began
			for _, err := range db.Messages(ctx, data.MessageQuery{}) {
				if err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	close(began)
	for range readers {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func TestAMessageIsFoundByItsMessageIDThroughAnIndex(t *testing.T) {
	db := fromAnna(t)
	ctx := context.Background()
	if m, err := db.Message(ctx, "1@mail.example"); err != nil || m.Message.Subject != "Lamps" {
		t.Errorf("%+v, %v", m, err)
	}
	plan, err := query(ctx, db.read, func(r row) (s string, err error) {
		var skip any
		err = r.Scan(&skip, &skip, &skip, &s)
		return s, err
	}, `EXPLAIN QUERY PLAN SELECT n FROM message m WHERE m.id = ?1 OR (m.message_id = ?1 AND m.message_id <> '')`, "1@mail.example")
	if err != nil || len(plan) == 0 || plan[0] != "MULTI-INDEX OR" {
		t.Errorf("it is looked for by %q, %v", plan, err)
	}
}
