package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"rapport/data"
)

// PutDevices keeps whose laptops write in a space, in place of what was known.
func (tx *Tx) PutDevices(space string, devices []data.Device) error {
	tx.touched("space")
	ids := make([]string, 0, len(devices))
	for _, d := range devices {
		if _, err := tx.exec(`
			INSERT INTO device (space_id, id, member, nth, name, since, withdrawn_at, withdrawn_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (space_id, id) DO UPDATE SET member = excluded.member, nth = excluded.nth, name = excluded.name, since = excluded.since,
				withdrawn_at = excluded.withdrawn_at, withdrawn_by = excluded.withdrawn_by`,
			space, d.ID, d.Member, d.Nth, d.Name, unixOrNone(d.Since), unixOrNone(d.WithdrawnAt), d.WithdrawnBy); err != nil {
			return wrapNoun(err, "device %s", d.ID)
		}
		ids = append(ids, d.ID)
	}
	_, err := tx.exec(`DELETE FROM device WHERE space_id = ? AND id NOT IN (SELECT value FROM json_each(?))`, space, asJSON(ids))
	return wrapNoun(err, "space %s", space)
}

// Laptops are those of all who share a space with this workspace, with here, the one we
// sit at, first, then our others, then by name; each with its spaces by name.
func (db *DB) Laptops(ctx context.Context, here string) ([]data.Laptop, error) {
	spaces, err := db.Spaces(ctx)
	if err != nil {
		return nil, err
	}
	byID := map[string]*data.Laptop{}
	for _, s := range spaces {
		devices, err := db.Devices(ctx, s.ID)
		if err != nil {
			return nil, err
		}
		members, err := db.Members(ctx, s.ID)
		if err != nil {
			return nil, err
		}
		roles, names := map[string]data.SpaceRole{}, map[string]string{}
		for _, m := range members {
			roles[m.ID], names[m.ID] = m.Role, m.Name
		}
		for _, d := range devices {
			own := d.Member == s.Self
			l := byID[d.ID]
			if l == nil {
				l = &data.Laptop{ID: d.ID, Name: d.Name, Owner: names[d.Member], Own: own, Here: d.ID == here}
				byID[d.ID] = l
			}
			may := d.WithdrawnAt.IsZero() && d.ID != here && roles[d.Member] != "" && roles[s.Self] != "" && (own || roles[s.Self].MayAdmit(roles[d.Member]))
			l.In = append(l.In, data.LaptopIn{Device: d, Space: s, May: may})
		}
	}
	list := make([]data.Laptop, 0, len(byID))
	for _, l := range byID {
		list = append(list, *l)
	}
	slices.SortFunc(list, func(a, b data.Laptop) int {
		return cmp.Or(sortBool(a.Here, b.Here), sortBool(a.Own, b.Own), cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.In[0].Nth, b.In[0].Nth), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// sortBool puts what is so before what is not.
func sortBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// unixOrNone is a moment in seconds, 0 for none.
func unixOrNone(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

// HeardDevice keeps when a laptop last said how far it is.
func (tx *Tx) HeardDevice(space, device string, at time.Time) error {
	_, err := tx.exec(`UPDATE device SET heard_at = ? WHERE space_id = ? AND id = ?`, at.Unix(), space, device)
	return wrapNoun(err, "device %s", device)
}

// Devices are the laptops of those who share a space, by member and then in the order
// in which they came.
func (db *DB) Devices(ctx context.Context, space string) ([]data.Device, error) {
	list, err := query(ctx, db.read, func(r row) (d data.Device, err error) {
		var since, heard, withdrawn int64
		err = r.Scan(&d.ID, &d.Member, &d.Nth, &d.Name, &since, &heard, &withdrawn, &d.WithdrawnBy, &d.Here)
		d.Since, d.HeardAt, d.WithdrawnAt = timeOf(since), timeOf(heard), timeOf(withdrawn)
		return d, err
	}, `SELECT id, member, nth, name, since, heard_at, withdrawn_at, withdrawn_by,
			id = coalesce((SELECT substr(o.log, 1, instr(o.log, '-') - 1) FROM own_log o WHERE o.space_id = device.space_id), '') FROM device WHERE space_id = ? ORDER BY member, nth`, space)
	return list, wrapNoun(err, "laptops of space %s", space)
}
