package space

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"rapport/data"
	"rapport/data/change"
	"rapport/data/store"
	"rapport/sync/team"
)

const (
	// wordEvery is how seldom a laptop says how far it is.
	wordEvery = 24 * time.Hour
	// muchAtOnce is what an exchange brings so that the word waits for the next: it
	// means looking at everything, and people wait for the first exchange.
	muchAtOnce = 1000
)

// say hears what the others' laptops say they have and made of it, and says so of this
// one where that is due. Where two made different things of the same, people are told.
func (r *round) say(ctx context.Context) error {
	if r.judge == nil || r.lastEpoch() == "" || r.myRole() == "" || r.withdrawn() {
		return nil
	}
	latest, err := r.hear(ctx)
	if err != nil {
		return err
	}
	began, err := r.s.db.Began(ctx, r.space.ID)
	if err != nil || began.Have != nil && !r.fits(began.Have, began.Heads, began.Author) {
		return err // what is here may be wrong until another snapshot comes
	}
	have, err := r.s.db.Have(ctx, r.space.ID)
	if err != nil {
		return err
	}
	own, said := latest[r.me.device.ID()]
	now := store.SpaceStand{Have: have, Heads: r.members.Heads}
	news := !said || !alike(own, now)
	due := len(have) > 0 && news && r.report.Received.Applied+r.report.Began <= muchAtOnce && (!said || r.s.now().Sub(own.At.Time()) >= wordEvery)
	if said && !news {
		now.State = own.State
	}
	others := r.sameAs(latest, now)
	if (due || len(others) > 0) && now.State == "" {
		if now, err = r.s.db.Stands(ctx, r.space.ID); err != nil {
			return err
		}
	}
	if r.differ(others, now) {
		if now, err = r.buildAnew(ctx, now); err != nil {
			return err
		}
		due = !said || own.State != now.State || news
	}
	if due {
		if err := r.speak(ctx, now, own.At); err != nil {
			return err
		}
	}
	return r.alarm(ctx, r.diverging(latest, now))
}

func alike(w team.Word, s store.SpaceStand) bool {
	return maps.Equal(w.Have, s.Have) && slices.Equal(w.Heads, s.Heads)
}

// hear reads the words that came: of each laptop of a member the last, by device.
// Earlier ones say nothing any more.
func (r *round) hear(ctx context.Context) (map[string]team.Word, error) {
	latest, names, old := map[string]team.Word{}, map[string]string{}, []string(nil)
	news := false
	for _, name := range r.of(team.WordPiece) {
		if _, bad := r.refused[name]; bad {
			continue
		}
		w, first, err := r.word(ctx, name)
		if err != nil {
			if err := r.refuse(ctx, name, err); err != nil {
				return nil, err
			}
			continue
		}
		news = news || first
		was, there := latest[w.Device]
		switch {
		case !there || w.At > was.At || w.At == was.At && name > names[w.Device]:
			if there {
				old = append(old, names[w.Device])
			}
			latest[w.Device], names[w.Device] = w, name
		default:
			old = append(old, name)
		}
	}
	maps.DeleteFunc(latest, func(_ string, w team.Word) bool {
		return r.members.Members[w.Person].Role == "" || !r.members.Speaks(w.Person, w.Device)
	})
	if !news && len(old) == 0 {
		return latest, nil
	}
	_, err := r.s.db.Write(ctx, "", func(tx *store.Tx) error {
		for _, name := range old {
			r.retired[name] = store.Piece{Name: name}
			delete(r.here, name)
		}
		if err := tx.Retire(r.space.ID, old...); err != nil {
			return err
		}
		return r.heard(tx, latest)
	})
	return latest, err
}

// word opens a word once in each process; first says that it did now.
func (r *round) word(ctx context.Context, name string) (w team.Word, first bool, err error) {
	r.s.mu.Lock()
	w, known := r.s.words[name]
	r.s.mu.Unlock()
	if known {
		return w, false, nil
	}
	body, err := r.s.db.PieceBody(ctx, r.space.ID, name)
	if err != nil {
		return w, false, err
	}
	if w, err = team.OpenWord(name, body, r.keys); err != nil {
		return w, false, err
	}
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	r.s.words[name] = w
	return w, true, nil
}

// heard keeps how far the members' laptops say they are.
func (r *round) heard(tx *store.Tx, latest map[string]team.Word) error {
	seen, at := map[string]change.Vector{}, map[string]time.Time{}
	for _, w := range latest {
		if seen[w.Person] == nil {
			seen[w.Person] = change.Vector{}
		}
		seen[w.Person].Merge(w.Have)
		if err := tx.HeardDevice(r.space.ID, w.Device, earlier(w.At.Time(), r.s.now())); err != nil {
			return err
		}
		if t := w.At.Time(); t.After(at[w.Person]) && !t.After(r.s.now()) {
			at[w.Person] = t
		}
	}
	for _, person := range sortedKeys(seen) {
		if at[person].IsZero() {
			at[person] = r.s.now() // its clock is ahead
		}
		if err := tx.Heard(r.space.ID, person, seen[person], at[person]); err != nil {
			return err
		}
	}
	return nil
}

// earlier is the earlier of two moments.
func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// sameAs are the words of other laptops that have the same as this one.
func (r *round) sameAs(latest map[string]team.Word, now store.SpaceStand) (list []team.Word) {
	for _, device := range sortedKeys(latest) {
		if device != r.me.device.ID() && alike(latest[device], now) {
			list = append(list, latest[device])
		}
	}
	return list
}

func (r *round) differ(others []team.Word, now store.SpaceStand) bool {
	return slices.ContainsFunc(others, func(w team.Word) bool { return w.State != now.State })
}

// buildAnew judges all changes again and makes the state from them, once for what is here now.
func (r *round) buildAnew(ctx context.Context, was store.SpaceStand) (store.SpaceStand, error) {
	r.s.mu.Lock()
	before, done := r.s.rebuilt[r.space.ID]
	r.s.mu.Unlock()
	if done && maps.Equal(before.Have, was.Have) && slices.Equal(before.Heads, was.Heads) {
		return before, nil
	}
	if _, err := r.s.db.Rejudge(ctx, r.space.ID, r.judge); err != nil {
		return was, err
	}
	if err := r.s.db.RebuildSpace(ctx, r.space.ID); err != nil {
		return was, err
	}
	now, err := r.s.db.Stands(ctx, r.space.ID)
	if err != nil {
		return was, err
	}
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	r.s.rebuilt[r.space.ID] = now
	return now, nil
}

// speak writes the word of this laptop.
func (r *round) speak(ctx context.Context, now store.SpaceStand, last change.HLC) error {
	w := team.Word{At: change.Next(last, r.s.now()), Have: now.Have, Heads: now.Heads, State: now.State}
	name, body, err := team.SealWord(w, r.keys, r.lastEpoch(), r.me.device)
	if err != nil {
		return err
	}
	return r.keepOwn(ctx, name, body)
}

// diverging says in words which laptops made different things of the same changes.
func (r *round) diverging(latest map[string]team.Word, now store.SpaceStand) string {
	for _, w := range r.sameAs(latest, now) {
		if w.State != now.State {
			return fmt.Sprintf("this laptop and %s have the same changes and made different things of them; bring Rapport up to date on both, as one of them shows something wrong", r.laptop(w.Device))
		}
	}
	devices := sortedKeys(latest)
	for i, a := range devices {
		for _, b := range devices[i+1:] {
			if latest[a].Diverges(latest[b]) && a != r.me.device.ID() && b != r.me.device.ID() {
				return fmt.Sprintf("%s and %s have the same changes and made different things of them; ask both to bring Rapport up to date, as one of them shows something wrong",
					r.laptop(a), r.laptop(b))
			}
		}
	}
	return ""
}

// laptop names another laptop, by what the records say of it.
func (r *round) laptop(device string) string {
	for _, d := range devicesOf(r.members) {
		switch {
		case d.ID == device && d.Member == r.me.person.ID():
			return data.OwnLaptop(d.Nth)
		case d.ID == device:
			return data.LaptopOf(r.members.Members[d.Member].Name, d.Nth)
		}
	}
	return data.LaptopOf("", 0)
}

// alarm keeps what people must be told.
func (r *round) alarm(ctx context.Context, words string) error {
	if words == r.space.Alarm {
		return nil
	}
	r.space.Alarm = words
	_, err := r.s.db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutAlarm(r.space.ID, words) })
	return err
}
