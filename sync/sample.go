package sync

import (
	"context"
	"errors"

	"rapport/data"
	"rapport/data/sample"
	"rapport/data/store"
	"rapport/sync/demo"
	"rapport/sync/secret"
)

// ErrNotEmpty says that the sample was refused because the workspace holds
// something already.
var ErrNotEmpty = errors.New("the workspace is not empty")

// OpenSample fills an empty workspace with a sample world: it serves the world's
// mail and calendar on this laptop, reads them as it reads any other, and adds
// through the store what mail cannot carry. Afterwards the servers are gone and
// the engine leaves their sources alone.
func OpenSample(ctx context.Context, db *store.DB, keys secret.Keeper, w sample.World, o Options) ([]data.LedgerLine, error) {
	if err := refuseFull(ctx, db); err != nil {
		return nil, err
	}
	servers, err := demo.Serve(ctx, w)
	if err != nil {
		return nil, err
	}
	defer servers.Close()
	if err := putSample(ctx, db, w); err != nil {
		return nil, err
	}
	box, err := AddMailbox(ctx, db, keys, data.Mailbox{
		Address: w.Mailbox, Host: servers.IMAPHost, Port: servers.IMAPPort, Security: data.Plain, User: servers.User,
	}, servers.Password)
	if err != nil {
		return nil, err
	}
	cal, err := AddCalendar(ctx, db, keys, w.CalendarName, servers.CalendarURL, "", "")
	if err != nil {
		return nil, err
	}
	lines, err := New(db, keys, o).Once(ctx)
	if err != nil {
		return lines, err
	}
	_, err = db.Write(ctx, "", func(tx *store.Tx) error {
		return tx.PutSettingList(store.SettingSample, []string{box.SourceName(), cal.SourceName()})
	})
	return lines, errors.Join(err, keys.Delete(box.SecretName()), keys.Delete(cal.LinkSecret()))
}

func refuseFull(ctx context.Context, db *store.DB) error {
	accounts, err := db.Accounts(ctx)
	if err != nil {
		return err
	}
	boxes, err := db.Mailboxes(ctx)
	if err != nil {
		return err
	}
	calendars, err := db.Calendars(ctx)
	if err != nil {
		return err
	}
	if len(accounts)+len(boxes)+len(calendars) > 0 {
		return ErrNotEmpty
	}
	return nil
}

// putSample adds what the sample's mail and calendar do not carry.
func putSample(ctx context.Context, db *store.DB, w sample.World) error {
	_, err := db.Write(ctx, "", func(tx *store.Tx) error {
		if err := tx.PutSetting(store.SettingUserName, w.Owner.Name); err != nil {
			return err
		}
		if err := tx.PutSettingList(store.SettingOwnDomains, w.OwnDomains); err != nil {
			return err
		}
		if err := tx.PutSettingList(store.SettingPublicDomains, w.PublicDomains); err != nil {
			return err
		}
		for _, a := range w.Accounts {
			if err := tx.PutAccount(a); err != nil {
				return err
			}
		}
		for _, c := range w.Contacts {
			if err := tx.PutContact(c); err != nil {
				return err
			}
		}
		for _, e := range w.Entries {
			if err := tx.PutEntry(e.Entry, e.RecordedAt); err != nil {
				return err
			}
		}
		for _, p := range w.Parts {
			if err := tx.PutAnyPart(p); err != nil {
				return err
			}
		}
		return putTrade(tx, w)
	})
	return err
}

// putTrade adds what the lists of other programs say, and the team's figures.
func putTrade(tx *store.Tx, w sample.World) error {
	if err := tx.PutMoneyRules(w.Money); err != nil {
		return err
	}
	if err := tx.PutTeamHours(w.TeamHours); err != nil {
		return err
	}
	orders, err := tx.BeginIntake(string(data.ListOrders), "orders and invoices.csv")
	if err != nil {
		return err
	}
	for _, p := range w.Purchases {
		if _, err := orders.Purchase(p); err != nil {
			return err
		}
	}
	tickets, err := tx.BeginIntake(string(data.ListTickets), "tickets.csv")
	if err != nil {
		return err
	}
	for _, t := range w.Tickets {
		if _, err := tickets.Ticket(t); err != nil {
			return err
		}
	}
	return nil
}
