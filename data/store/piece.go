package store

import (
	"context"
	"time"

	"rapport/data"
	"rapport/data/change"
)

// A Piece is a sealed part of a space, as it is carried from laptop to laptop.
type Piece struct {
	Name        string
	Log         string // of a segment, else ""
	First, Last uint64 // a segment's counters
	Epoch       string // whose key seals a segment, else ""
	Chain       string // of a pack: as what the segment after it knows its end, else ""
	Blank       int    // of a segment: of how many of its changes the value was erased before it was sealed
	Overlaps    bool   // a segment that begins with changes that were here already
	CameAt      time.Time
	Size        int
	Body        []byte
}

// KeepPiece keeps a piece of a space. One that is there already stays.
func (tx *Tx) KeepPiece(space string, p Piece) error {
	_, err := tx.exec(`INSERT INTO piece (space_id, name, log, first, last, epoch, blank, chain, body, came_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		space, p.Name, p.Log, p.First, p.Last, p.Epoch, p.Blank, p.Chain, p.Body, tx.now.Unix())
	return wrapNoun(err, "piece %s", p.Name)
}

// PieceNames are the names of a space's pieces that are kept here, but the retired.
func (db *DB) PieceNames(ctx context.Context, space string) ([]string, error) {
	list, err := query(ctx, db.read, scanString, `SELECT name FROM piece WHERE space_id = ? AND retired = 0 ORDER BY name`, space)
	return list, wrapNoun(err, "space %s", space)
}

// RetiredPieces are the pieces of a space that another has taken the place of, without
// bodies, by name.
func (db *DB) RetiredPieces(ctx context.Context, space string) (map[string]Piece, error) {
	list, err := query(ctx, db.read, func(r row) (p Piece, err error) {
		err = r.Scan(&p.Name, &p.Log, &p.First, &p.Last, &p.Blank)
		return p, err
	}, `SELECT name, log, first, last, blank FROM piece WHERE space_id = ? AND retired = 1`, space)
	m := make(map[string]Piece, len(list))
	for _, p := range list {
		m[p.Name] = p
	}
	return m, wrapNoun(err, "space %s", space)
}

// Retire keeps that another piece stands for these: they are neither read nor given
// any more, and their bodies go.
func (tx *Tx) Retire(space string, names ...string) error {
	for _, name := range names {
		if _, err := tx.exec(`UPDATE piece SET retired = 1, body = x'' WHERE space_id = ? AND name = ?`, space, name); err != nil {
			return wrapNoun(err, "piece %s", name)
		}
	}
	return nil
}

// ForgetRetired forgets retired pieces, which no place holds any more.
func (tx *Tx) ForgetRetired(space string, names ...string) error {
	for _, name := range names {
		if _, err := tx.exec(`DELETE FROM piece WHERE space_id = ? AND name = ? AND retired = 1`, space, name); err != nil {
			return wrapNoun(err, "piece %s", name)
		}
	}
	return nil
}

// PieceBody is one piece's bytes, or data.ErrNotFound.
func (db *DB) PieceBody(ctx context.Context, space, name string) ([]byte, error) {
	body, err := one(ctx, db.read, func(r row) (b []byte, err error) {
		err = r.Scan(&b)
		return b, err
	}, `SELECT body FROM piece WHERE space_id = ? AND name = ?`, space, name)
	return body, wrapNoun(err, "piece %s", name)
}

// LastSegment is the name by which the next segment of a log knows the one that ends
// last, or data.ErrNotFound.
func (tx *Tx) LastSegment(space, log string) (string, error) {
	return one(tx.ctx, tx.sql, scanString, `SELECT `+chainName+` FROM piece WHERE space_id = ? AND log = ? ORDER BY last DESC LIMIT 1`, space, log)
}

// chainName is the name by which the segment after a piece knows its end.
const chainName = `iif(chain = '', name, chain)`

// OwnSegments are the segments that a device wrote, all of them where it is "", but the
// retired, without bodies, by log and first counter.
func (db *DB) OwnSegments(ctx context.Context, space, device string) ([]Piece, error) {
	list, err := query(ctx, db.read, func(r row) (p Piece, err error) {
		var came int64
		err = r.Scan(&p.Name, &p.Log, &p.First, &p.Last, &p.Epoch, &p.Blank, &p.Chain, &p.Size, &came)
		p.CameAt = timeOf(came)
		return p, err
	}, `SELECT name, log, first, last, epoch, blank, chain, length(body), came_at FROM piece
		WHERE space_id = ?1 AND log <> '' AND (?2 = '' OR log >= ?2 || '-' AND log < ?2 || '.') AND retired = 0 ORDER BY log, first, last`, space, device)
	return list, wrapNoun(err, "space %s", space)
}

// ChangesOf are the changes of a log with counters from first to last, as they are
// kept here; fewer where some are not.
func (db *DB) ChangesOf(ctx context.Context, space, log string, first, last uint64) ([]change.Change, error) {
	list, err := query(ctx, db.read, func(r row) (change.Change, error) {
		var body string
		if err := r.Scan(&body); err != nil {
			return change.Change{}, err
		}
		return change.Decode([]byte(body))
	}, `SELECT body FROM (
			SELECT counter, body FROM change WHERE space_id = ?1 AND log = ?2 AND counter BETWEEN ?3 AND ?4
			UNION ALL SELECT counter, body FROM early_change WHERE space_id = ?1 AND log = ?2 AND counter BETWEEN ?3 AND ?4)
		ORDER BY counter`, space, log, first, last)
	return list, wrapNoun(err, "space %s", space)
}

// KeepPack keeps a segment in place of those of its log that it stands for.
func (tx *Tx) KeepPack(space string, p Piece) error {
	if err := tx.KeepPiece(space, p); err != nil {
		return err
	}
	return tx.overwriting(func() error { return tx.retireFor(space, p) })
}

// retireFor retires what a segment stands for, or the segment where another stands
// for it.
func (tx *Tx) retireFor(space string, p Piece) error {
	if _, err := tx.exec(`UPDATE piece SET retired = 1, body = x'' WHERE space_id = ?1 AND name = ?2 AND EXISTS (
			SELECT 1 FROM piece o WHERE o.space_id = ?1 AND o.log = ?3 AND o.retired = 0 AND o.name <> ?2 AND o.first <= ?4 AND o.last >= ?5
				AND (o.last - o.first > ?5 - ?4 OR o.blank > ?6 OR o.blank = ?6 AND o.name < ?2))`, space, p.Name, p.Log, p.First, p.Last, p.Blank); err != nil {
		return wrapNoun(err, "piece %s", p.Name)
	}
	_, err := tx.exec(`UPDATE piece SET retired = 1, body = x'' WHERE space_id = ?1 AND log = ?3 AND name <> ?2 AND first >= ?4 AND last <= ?5 AND retired = 0
			AND EXISTS (SELECT 1 FROM piece o WHERE o.space_id = ?1 AND o.name = ?2 AND o.retired = 0)`, space, p.Name, p.Log, p.First, p.Last)
	return wrapNoun(err, "piece %s", p.Name)
}

// UnreadSegments are the names of the segments of a space whose changes were not
// taken in yet, sorted.
func (db *DB) UnreadSegments(ctx context.Context, space string) ([]string, error) {
	list, err := query(ctx, db.read, scanString, `SELECT name FROM piece WHERE space_id = ? AND log = '' AND retired = 0 AND name >= 's-' AND name < 's.' ORDER BY name`, space)
	return list, wrapNoun(err, "space %s", space)
}

// Tips are the last segments of the logs of a space that were taken in, by log, with
// the names by which the next know them. Those that a snapshot stands for are among them.
func (db *DB) Tips(ctx context.Context, space string) (map[string]Piece, error) {
	tips, err := tipsIn(ctx, db.read, space)
	return tips, wrapNoun(err, "space %s", space)
}

func tipsIn(ctx context.Context, q asker, space string) (map[string]Piece, error) {
	list, err := query(ctx, q, func(r row) (p Piece, err error) {
		err = r.Scan(&p.Log, &p.Name, &p.Last)
		return p, err
	}, `SELECT log, `+chainName+`, max(last) FROM piece WHERE space_id = ? AND log <> '' GROUP BY log`, space)
	if err != nil {
		return nil, err
	}
	tips := map[string]Piece{}
	for _, p := range list {
		tips[p.Log] = p
	}
	began, err := beganWith(ctx, q, space)
	for log, n := range began.Have {
		if tips[log].Last < n {
			tips[log] = Piece{Name: began.Tips[log], Log: log, Last: n}
		}
	}
	return tips, err
}

// LastByEpoch is how far the segments of each epoch go that were taken in, by epoch
// and log.
func (db *DB) LastByEpoch(ctx context.Context, space string) (map[string]change.Vector, error) {
	last := map[string]change.Vector{}
	_, err := query(ctx, db.read, func(r row) (struct{}, error) {
		var epoch string
		var d change.Dot
		err := r.Scan(&epoch, &d.Log, &d.Counter)
		if last[epoch] == nil {
			last[epoch] = change.Vector{}
		}
		last[epoch].Add(d)
		return struct{}{}, err
	}, `SELECT epoch, log, max(last) FROM piece WHERE space_id = ? AND log <> '' GROUP BY log, epoch`, space)
	return last, wrapNoun(err, "space %s", space)
}

// LastCame is when the last piece of one of the kinds came, as their names begin; the
// zero time where there is none.
func (db *DB) LastCame(ctx context.Context, space string, kinds ...string) (time.Time, error) {
	var last int64
	for _, kind := range kinds {
		at, err := one(ctx, db.read, scanInt64, `SELECT coalesce(max(came_at), 0) FROM piece WHERE space_id = ? AND name >= ? || '-' AND name < ? || '.'`, space, kind, kind)
		if err != nil {
			return time.Time{}, wrapNoun(err, "space %s", space)
		}
		last = max(last, at)
	}
	return timeOf(last), nil
}

// RefusePiece remembers that a piece cannot be used, and why, so that it is told
// and not read again.
func (tx *Tx) RefusePiece(space, name, why string) error {
	tx.touched("space")
	_, err := tx.exec(`INSERT INTO refused_piece (space_id, name, why, at) VALUES (?, ?, ?, ?) ON CONFLICT (space_id, name) DO UPDATE SET why = excluded.why`,
		space, name, why, tx.now.Unix())
	return wrapNoun(err, "piece %s", name)
}

// RefusedPieces are the pieces of a space that cannot be used, by name, and why.
func (db *DB) RefusedPieces(ctx context.Context, space string) (map[string]string, error) {
	type refused struct{ name, why string }
	list, err := query(ctx, db.read, func(r row) (p refused, err error) {
		err = r.Scan(&p.name, &p.why)
		return p, err
	}, `SELECT name, why FROM refused_piece WHERE space_id = ?`, space)
	m := map[string]string{}
	for _, p := range list {
		m[p.name] = p.why
	}
	return m, wrapNoun(err, "space %s", space)
}

// AnyUnsent says whether Unsent may have something.
func (db *DB) AnyUnsent(ctx context.Context, space, device string) (bool, error) {
	any, err := one(ctx, db.read, scanInt, `
		SELECT EXISTS (SELECT 1 FROM seen s WHERE space_id = ?1 AND log >= ?2 || '-' AND log < ?2 || '.'
			AND counter > (SELECT coalesce(max(last), 0) FROM piece p WHERE p.space_id = ?1 AND p.log = s.log))`, space, device)
	return any > 0, wrapNoun(err, "space %s", space)
}

// Unsent is what one of our logs holds that is in no segment yet.
type Unsent struct {
	Log     string
	Changes []change.Change // in their order, the first after the last segment's
}

// Unsent are our own changes of a space that are in no segment yet: of the log that
// is written now, and of earlier ones of this laptop.
func (tx *Tx) Unsent(space, device string) ([]Unsent, error) {
	logs, err := query(tx.ctx, tx.sql, scanString, `SELECT log FROM seen WHERE space_id = ? AND log >= ? || '-' AND log < ? || '.' ORDER BY log`, space, device, device)
	if err != nil {
		return nil, err
	}
	var list []Unsent
	for _, log := range logs {
		bodies, err := query(tx.ctx, tx.sql, scanString, `
			SELECT body FROM change WHERE space_id = ?1 AND log = ?2
				AND counter > (SELECT coalesce(max(last), 0) FROM piece WHERE space_id = ?1 AND log = ?2) ORDER BY counter`, space, log)
		if err != nil {
			return nil, err
		}
		u := Unsent{Log: log}
		for _, body := range bodies {
			c, err := change.Decode([]byte(body))
			if err != nil {
				return nil, err
			}
			u.Changes = append(u.Changes, c)
		}
		if len(u.Changes) > 0 {
			list = append(list, u)
		}
	}
	return list, nil
}

// JudgedBy are the last membership records by which every change of a space was
// judged; nil before it ever was.
func (db *DB) JudgedBy(ctx context.Context, space string) ([]string, error) {
	heads, err := judgedBy(ctx, db.read, space)
	return heads, wrapNoun(err, "space %s", space)
}

func judgedBy(ctx context.Context, q asker, space string) ([]string, error) {
	text, err := one(ctx, q, scanString, `SELECT judged FROM space WHERE id = ?`, space)
	if err != nil || text == "" {
		return nil, err
	}
	return fromJSON[[]string](text)
}

// PutJudgedBy keeps that every change of a space was judged by these records.
func (tx *Tx) PutJudgedBy(space string, records []string) error {
	_, err := tx.exec(`UPDATE space SET judged = ? WHERE id = ?`, asJSON(records), space)
	return err
}

// GivenKeys are the last epochs whose keys this laptop gave to each member of a
// space.
func (db *DB) GivenKeys(ctx context.Context, space string) (map[string]string, error) {
	text, err := db.Setting(ctx, SettingGivenKeys+space)
	if err != nil || text == "" {
		return map[string]string{}, err
	}
	return fromJSON[map[string]string](text)
}

// PutGivenKeys keeps that this laptop gave a member the keys of an epoch.
func (tx *Tx) PutGivenKeys(space, member, epoch string) error {
	given := map[string]string{}
	text, err := one(tx.ctx, tx.sql, scanString, `SELECT value FROM setting WHERE key = ?`, SettingGivenKeys+space)
	if err == nil {
		given, err = fromJSON[map[string]string](text)
	}
	if err != nil && !isNotFound(err) {
		return err
	}
	given[member] = epoch
	return tx.PutSetting(SettingGivenKeys+space, asJSON(given))
}

// PutMembers keeps who shares a space, in place of what was known. Who is not among them
// any more, since what let them in turned out to be void, has no role.
func (tx *Tx) PutMembers(space string, members []data.Member) error {
	tx.touched("space")
	for _, m := range members {
		if _, err := tx.exec(`
			INSERT INTO member (space_id, id, name, side, discipline, role, since) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (space_id, id) DO UPDATE SET name = excluded.name, side = excluded.side, discipline = excluded.discipline, role = excluded.role, since = excluded.since`,
			space, m.ID, m.Name, string(m.Side), m.Discipline, string(m.Role), m.Since.Unix()); err != nil {
			return wrapNoun(err, "member %s", m.Name)
		}
	}
	ids := make([]string, len(members))
	for i, m := range members {
		ids[i] = m.ID
	}
	_, err := tx.exec(`UPDATE member SET role = '' WHERE space_id = ? AND role <> '' AND id NOT IN (SELECT value FROM json_each(?))`, space, asJSON(ids))
	return wrapNoun(err, "space %s", space)
}

// signedBy joins a change c with the device d that signed it and its member m; both
// are null for a device that no record names.
const signedBy = `LEFT JOIN device d ON d.space_id = c.space_id AND d.id = substr(c.log, 1, instr(c.log, '-') - 1)
		LEFT JOIN member m ON m.space_id = d.space_id AND m.id = d.member`

// whoSigned is the member who made a change c that signedBy joined: whose laptop signed
// it, whatever it says of its actor; that only where no record tells whose it is.
const whoSigned = `coalesce(d.member, c.body ->> 'actor')`

// Heard keeps what a member's devices said they have, and when one last did.
func (tx *Tx) Heard(space, member string, seen change.Vector, at time.Time) error {
	result, err := tx.exec(`UPDATE member SET seen = ?1, heard_at = ?2 WHERE space_id = ?3 AND id = ?4 AND (heard_at <> ?2 OR seen <> ?1)`,
		asJSON(seen), at.Unix(), space, member)
	if err != nil {
		return wrapNoun(err, "member %s", member)
	}
	if n, err := result.RowsAffected(); n > 0 || err != nil {
		tx.touched("space")
		return err
	}
	return nil
}

// Members are those who share a space, by name; who was removed has no role.
func (db *DB) Members(ctx context.Context, space string) ([]data.Member, error) {
	list, err := query(ctx, db.read, func(r row) (m data.Member, err error) {
		var since, heard int64
		err = r.Scan(&m.ID, &m.Name, &m.Side, &m.Discipline, &m.Role, &since, &heard)
		m.Since, m.HeardAt = timeOf(since), timeOf(heard)
		return m, err
	}, `SELECT id, name, side, discipline, role, since, heard_at FROM member WHERE space_id = ? ORDER BY name COLLATE NOCASE, id`, space)
	return list, wrapNoun(err, "members of space %s", space)
}
