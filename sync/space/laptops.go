package space

import (
	"context"
	"maps"
	"strings"

	"rapport/data"
	"rapport/data/change"
	"rapport/data/store"
	"rapport/sync/team"
)

// Withdraw has a laptop speak for its person no more in a space: what it writes beyond
// what is here of it is kept out, another key is used from then on, and that key goes
// to the laptops that the person has left. One's own is withdrawn by anybody, from
// another laptop; that of others by who may take them out.
func (s *Spaces) Withdraw(ctx context.Context, id, device string) error {
	return s.within(ctx, id, func(r *round) error {
		person := r.members.Devices[device]
		m := r.members.Members[person]
		switch _, gone := r.members.Withdrawn[device]; {
		case person == "" || m.Role == "":
			return &data.Invalid{Field: "laptop", Says: "no member of " + r.space.Name + " has such a laptop now"}
		case gone:
			return &data.Invalid{Field: "laptop", Says: "it was withdrawn from " + r.space.Name + " before"}
		case r.withdrawn():
			return &data.Invalid{Field: "laptop", Says: "this laptop was withdrawn from " + r.space.Name + " itself, and withdraws no other"}
		case device == r.me.device.ID():
			return &data.Invalid{Field: "laptop", Says: "this is the laptop that you sit at; withdraw it from another one"}
		case person != r.me.person.ID() && !r.myRole().MayAdmit(data.SpaceRole(m.Role)):
			return &data.Invalid{Field: "laptop", Says: "your role, " + string(r.myRole()) + ", does not withdraw a laptop of this member"}
		}
		if err := r.withdraw(ctx, person, device); err != nil {
			return err
		}
		return r.keepOrder(ctx)
	})
}

// Laptops are those of all who share a space with this workspace; see store.DB.Laptops.
func (s *Spaces) Laptops(ctx context.Context) ([]data.Laptop, error) {
	here := ""
	certificate, err := s.db.Setting(ctx, store.SettingDevice)
	if err == nil && certificate != "" {
		var c team.Certificate
		c, err = team.ReadCertificate([]byte(certificate))
		here = c.Device()
	}
	if err != nil {
		return nil, err
	}
	return s.db.Laptops(ctx, here)
}

// WithdrawLaptop withdraws a laptop in every space where we may; where one fails the
// others are done all the same.
func (s *Spaces) WithdrawLaptop(ctx context.Context, device string) error {
	list, err := s.Laptops(ctx)
	if err != nil {
		return err
	}
	var failed error
	for _, l := range list {
		if l.ID != device {
			continue
		}
		for _, in := range l.Withdrawable() {
			if err := s.Withdraw(ctx, in.Space.ID, device); err != nil && failed == nil {
				failed = err
			}
		}
	}
	return failed
}

// withdraw says that a laptop speaks for its person no more.
func (r *round) withdraw(ctx context.Context, person, device string) error {
	seen, err := r.seenOf(ctx, person)
	if err != nil {
		return err
	}
	maps.DeleteFunc(seen, func(log string, _ uint64) bool { return !strings.HasPrefix(log, device+"-") })
	return r.record(ctx, change.Record{Deed: change.Withdraw, Person: person, Laptop: device, Seen: seen})
}

// withdrawAgain repeats what was said of a member's laptops, for a member who was given
// more than they had: a withdrawal binds those only who stand below its author.
func (r *round) withdrawAgain(ctx context.Context, person string) error {
	for _, device := range sortedKeys(r.members.Withdrawn) {
		if r.members.Devices[device] != person {
			continue
		}
		if err := r.withdraw(ctx, person, device); err != nil {
			return err
		}
	}
	return nil
}

// withdrawn says whether this laptop speaks for us no more in the space.
func (r *round) withdrawn() bool { return !r.members.Speaks(r.me.person.ID(), r.me.device.ID()) }

// knowLaptop keeps the key and the name of a laptop that signed a record.
func (r *round) knowLaptop(c team.Certificate) {
	if r.signers == nil {
		r.signers = map[string]team.Certificate{}
	}
	r.signers[c.Device()] = c
}

// namedDevices are the laptops of all members, as the workspace keeps them.
func (r *round) namedDevices() []data.Device {
	list := devicesOf(r.members)
	for i, d := range list {
		list[i].Name = r.signers[d.ID].Name
		for _, rec := range r.members.Order {
			switch {
			case (rec.Deed == change.Create || rec.Deed == change.AddDevice) && rec.Device == d.ID && list[i].Since.IsZero():
				list[i].Since = rec.At.Time()
			case rec.ID == r.members.Withdrawn[d.ID]:
				list[i].WithdrawnAt, list[i].WithdrawnBy = rec.At.Time(), rec.By
			}
		}
	}
	return list
}

// giveLaptopKeys gives the keys of an epoch to each laptop of a member that was not
// withdrawn, once.
func (r *round) giveLaptopKeys(ctx context.Context, member, epoch string, given map[string]string) error {
	for _, device := range r.members.Laptops(member) {
		to, known := r.signers[device]
		if !known || given[device] == epoch {
			continue
		}
		name, body, err := team.SealLaptopKeys(r.keys.KeysFor(r.members, member), to, r.me.device)
		if err != nil {
			return err
		}
		if err := r.keepOwn(ctx, name, body); err != nil {
			return err
		}
		if _, err := r.s.db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutGivenKeys(r.space.ID, device, epoch) }); err != nil {
			return err
		}
	}
	return nil
}
