package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/change"
)

// PutJointPlan puts an account's plan into a joint space, in place of what stands
// there of it. What came of replies stays. data.Invalid where the space is no joint
// one or we may not write there.
func (tx *Tx) PutJointPlan(space string, p data.JointPlan) (data.JointPlan, error) {
	if err := tx.isJointSpace(space); err != nil {
		return p, err
	}
	p.ID = data.JointPlanID(p.Account, space)
	there, err := tx.jointPlan(p.ID)
	if err != nil && !isNotFound(err) {
		return p, err
	}
	p.Answers, p.RecordedAt = there.Answers, there.RecordedAt
	return putJoint(tx, space, p)
}

// A JointLook is what putting an account's plan into a joint space would do there:
// what is shown before the yes is what is written.
type JointLook struct {
	Stand   data.JointStand // as it is
	Plan    data.JointPlan  // that would be there
	Changes []data.JointChange
	Held    []data.HeldBack // lines that stay with us for a word in them
	marks   map[string]string
}

// LookJoint says what putting an account's plan into a space would do, as of now.
func (db *DB) LookJoint(ctx context.Context, account, space string, now time.Time) (l JointLook, err error) {
	in, err := db.PlanInput(ctx, account, now)
	if err != nil {
		return l, err
	}
	at := slices.IndexFunc(in.Joint, func(s data.JointStand) bool { return s.Space.ID == space })
	if at < 0 {
		s, err := db.Space(ctx, space)
		if err == nil {
			err = notJoint(s)
		}
		return l, err
	}
	by, err := db.Setting(ctx, SettingUserName)
	if err != nil {
		return l, err
	}
	page := data.JointSheet(data.ComposePlan(in).Sheet, now)
	l = JointLook{Stand: in.Joint[at], Plan: data.JointPlanOf(in.Account, page, by, now), Held: page.Held, marks: page.ShownMarks()}
	l.Plan.ID = data.JointPlanID(account, space)
	l.Changes = data.JointChanges(l.Stand.Plan, l.Plan, now)
	return l, nil
}

// PutJoint does what a look says, and keeps that the customer knows the plan where one
// of them is in the space.
func (tx *Tx) PutJoint(l JointLook) (data.JointPlan, error) {
	p, err := tx.PutJointPlan(l.Stand.Space.ID, l.Plan)
	if err != nil || len(l.Stand.Guests()) == 0 {
		return p, err
	}
	shown := data.Shown{Belongs: data.Belongs{Account: p.Account}, On: p.Put, How: "in " + l.Stand.Space.Name, Marks: l.marks}
	people, err := namesAt(tx.ctx, tx.sql, p.Account)
	if err != nil {
		return p, err
	}
	shown.Contact = contactCalled(people, l.Stand.Guests()[0].Name)
	_, err = PutPart(tx, shown)
	return p, err
}

// contactCalled is the contact with a name, of those with their names by ID; "" where
// nobody has it.
func contactCalled(people map[string]string, name string) (contact string) {
	for id, is := range people {
		if name != "" && strings.EqualFold(is, name) && (contact == "" || id < contact) {
			contact = id
		}
	}
	return contact
}

// TakeBackJointPlan takes an account's plan out of a joint space, with what was
// answered to it. What was read there cannot be unread.
func (tx *Tx) TakeBackJointPlan(space, account string) error {
	p, err := tx.jointPlan(data.JointPlanID(account, space))
	if err != nil {
		return wrapNoun(err, "joint plan of account %s", account)
	}
	replies, err := PartsIn[data.JointReply](tx, PartQuery{Account: account})
	if err != nil {
		return err
	}
	for _, r := range replies {
		if r.Plan == p.ID {
			if err := DeletePart(tx, r); err != nil {
				return err
			}
		}
	}
	return DeletePart(tx, p)
}

// PutJointReply keeps what somebody answers to a plan, in the space where the plan
// stands.
func (tx *Tx) PutJointReply(r data.JointReply) (data.JointReply, error) {
	p, err := tx.jointPlan(r.Plan)
	if err != nil {
		return r, wrapNoun(err, "joint plan %s", r.Plan)
	}
	space, err := tx.homeOf(refOf(data.KindJointPlan, p.ID))
	if err != nil {
		return r, err
	}
	r.Account = p.Account
	return putJoint(tx, space, r)
}

func (tx *Tx) jointPlan(id string) (data.JointPlan, error) {
	return one(tx.ctx, tx.sql, scanPart[data.JointPlan], `SELECT id, fields, recorded_at FROM part WHERE kind = ? AND id = ?`, data.KindJointPlan, id)
}

func (tx *Tx) isJointSpace(space string) error {
	s, err := one(tx.ctx, tx.sql, scanSpace, `SELECT `+spaceColumns+` FROM space WHERE id = ? AND id <> ?`, space, localSpace)
	if err != nil {
		return wrapNoun(err, "space %s", space)
	}
	return notJoint(s)
}

// notJoint says why a plan for the customer cannot stand in a space, or nil.
func notJoint(s data.Space) error {
	if s.Kind == data.JointSpace {
		return nil
	}
	return &data.Invalid{Field: "space", Says: s.Name + " is a space of your team; a plan for the customer goes into a joint space"}
}

// putJoint keeps a part in a joint space.
func putJoint[T data.Part](tx *Tx, space string, p T) (T, error) {
	b := p.Belonging()
	if b.ID == "" {
		b.ID = NewID()
		p = data.WithBelongs(p, b)
	}
	if err := tx.putHome(refOf(p.PartKind(), b.ID), space); err != nil {
		return p, err
	}
	return PutPart(tx, p)
}

// tellAnswer writes what a correction came to into the joint space that it came from.
func (tx *Tx) tellAnswer(c data.Correction) error {
	if c.ReplyOf() == "" {
		return nil
	}
	r, err := one(tx.ctx, tx.sql, scanPart[data.JointReply], `SELECT id, fields, recorded_at FROM part WHERE kind = ? AND id = ?`, data.KindJointReply, c.ReplyOf())
	if isNotFound(err) {
		return nil // they took it back
	}
	if err != nil {
		return err
	}
	p, err := tx.jointPlan(r.Plan)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = PutPart(tx, p.Answered(c))
	return err
}

// JointStands are the joint spaces with an account's plan as it stands in each, those
// where it is there first; with no account, all plans in all joint spaces.
func (db *DB) JointStands(ctx context.Context, account string) (list []data.JointStand, err error) {
	err = db.inReader(ctx, func(tx *Tx) error {
		list, err = tx.jointStands(account)
		return err
	})
	return list, wrapNoun(err, "joint plans")
}

func (tx *Tx) jointStands(account string) (list []data.JointStand, err error) {
	spaces, err := query(tx.ctx, tx.sql, scanSpace, `SELECT `+spaceColumns+` FROM space WHERE kind = ? AND id <> ? ORDER BY name COLLATE NOCASE, id`,
		string(data.JointSpace), localSpace)
	if err != nil || len(spaces) == 0 {
		return nil, err
	}
	plans, err := PartsIn[data.JointPlan](tx, PartQuery{Account: account})
	if err != nil {
		return nil, err
	}
	for _, s := range spaces {
		empty := data.JointStand{Space: s}
		if err := tx.fillRights(&empty); err != nil {
			return nil, err
		}
		there := false
		for _, p := range plans {
			home, err := tx.homeOf(refOf(data.KindJointPlan, p.ID))
			if err != nil {
				return nil, err
			}
			if home != s.ID {
				continue
			}
			there = true
			stand := empty
			stand.Plan = p
			if err := tx.fillReplies(&stand); err != nil {
				return nil, err
			}
			list = append(list, stand)
		}
		if !there && account != "" {
			list = append(list, empty)
		}
	}
	slices.SortStableFunc(list, func(a, b data.JointStand) int {
		return cmp.Or(-cmp.Compare(truth(a.There()), truth(b.There())), strings.Compare(strings.ToLower(a.Plan.Title), strings.ToLower(b.Plan.Title)))
	})
	return list, nil
}

func truth(is bool) int {
	if is {
		return 1
	}
	return 0
}

// fillRights fills in who of others is in a space, and what we may do there.
func (tx *Tx) fillRights(s *data.JointStand) error {
	e := data.SpaceEntry{Space: s.Space}
	var err error
	if e.Members, err = query(tx.ctx, tx.sql, func(r row) (m data.Member, err error) {
		err = r.Scan(&m.ID, &m.Name, &m.Side, &m.Discipline, &m.Role)
		return m, err
	}, `SELECT id, name, side, discipline, role FROM member WHERE space_id = ? ORDER BY name COLLATE NOCASE, id`, s.Space.ID); err != nil {
		return err
	}
	rights := s.Space.RightsOf(e.Self())
	s.Members, s.MayPut, s.MayReply = e.Living(), rights.MayWrite(data.KindJointPlan), rights.MayWrite(data.KindJointReply)
	return nil
}

// fillReplies fills in what was answered to a plan, each by whose laptop signed it.
func (tx *Tx) fillReplies(s *data.JointStand) error {
	replies, err := PartsIn[data.JointReply](tx, PartQuery{Account: s.Plan.Account})
	if err != nil {
		return err
	}
	s.Mine = map[string]bool{}
	for _, r := range replies {
		home, err := tx.homeOf(refOf(data.KindJointReply, r.ID))
		if err != nil {
			return err
		}
		if r.Plan != s.Plan.ID || home != s.Space.ID {
			continue
		}
		id, name, err := tx.signerOf(s.Space.ID, refOf(data.KindJointReply, r.ID))
		if err != nil {
			return err
		}
		r.By = cmp.Or(name, r.By)
		s.Mine[r.ID] = id == s.Space.Self
		s.Replies = append(s.Replies, r)
	}
	return nil
}

// signerOf is the member, and their name, whose laptop signed what a reply says as it
// is shown; of one that no record tells of, the member that it says.
func (tx *Tx) signerOf(space string, ref change.Ref) (id, name string, err error) {
	e, err := tx.entityIn(space, ref)
	if err != nil {
		return "", "", err
	}
	v := e[change.Slot{Part: change.Field, Name: "becomes"}].Shown()
	device, _, _ := strings.Cut(v.Log, "-")
	type member struct{ id, name string }
	m, err := one(tx.ctx, prepared{tx}, func(r row) (m member, err error) {
		err = r.Scan(&m.id, &m.name)
		return m, err
	}, `SELECT id, name FROM member WHERE space_id = ?1 AND id = coalesce((SELECT member FROM device WHERE space_id = ?1 AND id = ?2), ?3)`, space, device, v.Actor)
	if isNotFound(err) {
		return v.Actor, "", nil
	}
	return m.id, m.name, err
}

// jointCorrections are what is offered of an account's plan by replies that nobody
// answered, from its contacts where the names are known.
func (db *DB) jointCorrections(ctx context.Context, account string, stands []data.JointStand) (list []data.Correction, err error) {
	var replies []data.JointReply
	for _, s := range stands {
		if s.MayPut {
			replies = append(replies, s.Open()...)
		}
	}
	if len(replies) == 0 {
		return nil, nil
	}
	people, err := namesAt(ctx, db.read, account)
	if err != nil {
		return nil, err
	}
	for _, r := range replies {
		list = append(list, r.Correction(account, contactCalled(people, r.By)))
	}
	return list, nil
}

// OpenCorrections are the corrections of an account's plan that nobody answered, those
// from joint spaces too; with no account, of all.
func (db *DB) OpenCorrections(ctx context.Context, account string) ([]data.Correction, error) {
	list, err := Parts[data.Correction](ctx, db, PartQuery{Account: account, Open: true})
	if err != nil {
		return nil, err
	}
	stands, err := db.JointStands(ctx, account)
	if err != nil {
		return nil, err
	}
	of := map[string][]data.JointStand{}
	for _, s := range stands {
		if s.There() {
			of[s.Plan.Account] = append(of[s.Plan.Account], s)
		}
	}
	for _, account := range slices.Sorted(maps.Keys(of)) {
		more, err := db.jointCorrections(ctx, account, of[account])
		if err != nil {
			return nil, wrapNoun(err, "corrections")
		}
		list = append(list, more...)
	}
	return list, nil
}

// GuestOnly says whether this workspace holds nothing but joint spaces: no account, no
// mailbox, no calendar and no space of a team. It is that of somebody who was invited by
// another firm.
func (db *DB) GuestOnly(ctx context.Context) (bool, error) {
	n, err := one(ctx, db.read, scanInt, `
		SELECT EXISTS (SELECT 1 FROM space WHERE id <> ?1 AND kind = '`+string(data.JointSpace)+`')
			AND NOT EXISTS (SELECT 1 FROM space WHERE id <> ?1 AND kind <> '`+string(data.JointSpace)+`')
			AND NOT EXISTS (SELECT 1 FROM account) AND NOT EXISTS (SELECT 1 FROM mailbox) AND NOT EXISTS (SELECT 1 FROM calendar)`, localSpace)
	return n > 0, wrapNoun(err, "spaces")
}
