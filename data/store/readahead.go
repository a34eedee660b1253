package store

import (
	"encoding/hex"

	"rapport/data"
)

// ahead is what the file has of the mails of one batch, read by a few questions
// before they are kept: asked for each mail, these questions take as long as
// keeping it. What is kept meanwhile is noted in it, so it stays true while the
// batch's arrivals are kept, and no longer.
type ahead struct {
	messages   map[string]int64        // Message.ID → message.n
	entries    map[string]int64        // Interaction.ID → interaction.n
	numbers    map[int64]bool          // of message.n, those that are taken
	places     map[data.Location]int64 // → message.n
	unreadable map[data.Location]bool  // places of mails that could not be had
}

// readAhead reads what the file has of arrivals.
func (tx *Tx) readAhead(list []readied) error {
	h := ahead{
		messages: map[string]int64{}, entries: map[string]int64{}, numbers: map[int64]bool{},
		places: map[data.Location]int64{}, unreadable: map[data.Location]bool{},
	}
	var ids, entries, numbers []any
	uids := map[data.Location][]any{} // by folder, which is a place without UID
	for _, a := range list {
		ids = append(ids, a.Message.ID)
		entries = append(entries, a.entry)
		numbers = append(numbers, numberOf(a.Message))
		folder := a.Location
		folder.UID = 0
		uids[folder] = append(uids[folder], a.Location.UID)
	}
	if err := tx.pairs(h.messages, `SELECT id, n FROM message WHERE id IN `, ids); err != nil {
		return err
	}
	if err := tx.pairs(h.entries, `SELECT id, n FROM interaction WHERE id IN `, entries); err != nil {
		return err
	}
	if err := inEvenChunks(numbers, func(marks string, args []any) error {
		taken, err := query(tx.ctx, prepared{tx}, scanInt64, `SELECT n FROM message WHERE n IN (`+marks+`)`, args...)
		for _, n := range taken {
			h.numbers[n] = true
		}
		return err
	}); err != nil {
		return err
	}
	for folder, list := range uids {
		if err := tx.readPlaces(&h, folder, list); err != nil {
			return err
		}
	}
	tx.ahead = h
	return nil
}

// pairs asks for the numbers of IDs.
func (tx *Tx) pairs(into map[string]int64, question string, ids []any) error {
	return inEvenChunks(ids, func(marks string, args []any) error {
		_, err := query(tx.ctx, prepared{tx}, func(r row) (struct{}, error) {
			var id string
			var n int64
			err := r.Scan(&id, &n)
			into[id] = n
			return struct{}{}, err
		}, question+`(`+marks+`)`, args...)
		return err
	})
}

// readPlaces reads what lies at some UIDs of a folder.
func (tx *Tx) readPlaces(h *ahead, folder data.Location, uids []any) error {
	const there = ` WHERE mailbox_id = ? AND folder = ? AND uidvalidity = ? AND uid IN (`
	return inEvenChunks(uids, func(marks string, args []any) error {
		args = append([]any{folder.Mailbox, folder.Folder, folder.UIDValidity}, args...)
		place := folder
		_, err := query(tx.ctx, prepared{tx}, func(r row) (struct{}, error) {
			var n int64
			err := r.Scan(&place.UID, &n)
			h.places[place] = n
			return struct{}{}, err
		}, `SELECT uid, message_n FROM location`+there+marks+`)`, args...)
		if err != nil {
			return err
		}
		_, err = query(tx.ctx, prepared{tx}, func(r row) (struct{}, error) {
			err := r.Scan(&place.UID)
			h.unreadable[place] = true
			return struct{}{}, err
		}, `SELECT uid FROM unreadable`+there+marks+`)`, args...)
		return err
	})
}

// numberOf is a number for a mail that sorts by its date. Another mail may have
// it already.
func numberOf(m data.Message) int64 {
	var low int64
	if sum, err := hex.DecodeString(m.ID[:min(len(m.ID), 6)]); err == nil && len(sum) == 3 {
		low = int64(sum[0])<<12 | int64(sum[1])<<4 | int64(sum[2])>>4
	}
	return unixDate(m.Date)<<20 | low
}

// freeNumber gives an arriving mail a number that none has.
func (tx *Tx) freeNumber(m data.Message) (int64, error) {
	n := numberOf(m)
	for taken := tx.ahead.numbers[n]; taken; {
		n++
		have, err := tx.count(`SELECT count(*) FROM message WHERE n = ?`, n)
		if err != nil {
			return n, err
		}
		taken = have > 0
	}
	tx.ahead.numbers[n] = true
	return n, nil
}
