package change

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Each case tells a story in lines: the record's name, the names of those it
// follows joined by +, with its clock behind an @, who signed it, what it does.
// want lists the members with a role, and after a / the records without effect.
var stories = []struct {
	about   string
	records []string
	want    string
}{
	{"a space begins with its owner", []string{"a - p0 create"}, "p0:owner"},
	{"an owner adds, an admin adds below admin", []string{"a - p0 create", "b a p0 add p1 admin", "c b p1 add p2 editor", "d c p1 add p3 admin", "e d p1 add p4 owner"},
		"p0:owner p1:admin p2:editor / d e"},
	{"editors, contributors and readers change no membership", []string{"a - p0 create", "b a p0 add p1 editor", "c b p1 add p2 reader", "d c p1 remove p0", "e d p1 role p1 owner",
		"f e p1 rotate e1", "g f p1 rename x", "h g p1 invite s editor", "i h p1 accept d1-1:1:9", "j i p1 refuse p9"}, "p0:owner p1:editor / c d e f g h i j"},
	{"an admin lowers those below, and neither admins nor owners", []string{"a - p0 create", "b a p0 add p1 admin", "c b p0 add p2 admin", "d c p0 add p3 editor",
		"e d p1 role p3 reader", "f e p1 role p2 reader", "g f p1 remove p0", "h g p1 remove p2", "i h p1 remove p3"}, "p0:owner p1:admin p2:admin / f g h"},
	{"an owner is lowered by who stands nearer to the founder only", []string{"a - p0 create", "b a p0 add p1 owner", "c b p1 add p2 owner", "d c p2 remove p1", "e d p1 remove p0", "f e p0 remove p1", "g f p2 rename x"},
		"p0:owner p2:owner / d e"},
	{"two who were made owners by one cannot lower each other", []string{"a - p0 create", "b a p0 add p1 owner", "c b p0 add p2 owner", "d c p1 remove p2", "e c p2 remove p1"}, "p0:owner p1:owner p2:owner / d e"},
	{"nobody gives themselves more", []string{"a - p0 create", "b a p0 add p1 admin", "c b p1 role p1 owner", "d c p1 role p1 editor", "e d p1 role p1 admin"}, "p0:owner p1:editor / c e"},
	{"whoever wants to leaves", []string{"a - p0 create", "b a p0 add p1 reader", "c b p1 remove p1", "d c p0 remove p0"}, "/"},
	{"strangers do nothing", []string{"a - p0 create", "b a p9 add p9 owner", "c a p9 remove p0", "d a p9 device d9"}, "p0:owner / b c d"},
	{"a second create, and another space's record", []string{"a - p0 create", "b - p9 create", "c b p9 add p8 owner", "d a:zz p0 add p7 editor"}, "p0:owner / d"},
	{"who was removed adds nobody", []string{"a - p0 create", "b a p0 add p1 admin", "c b p0 remove p1", "d c p1 add p2 editor"}, "p0:owner / d"},
	{"a removed admin who back-dates adds nobody", []string{"a - p0 create", "b a p0 add p1 admin", "c b@9 p0 remove p1", "x b@1 p1 add p9 editor", "y x@2 p9 device d9"}, "p0:owner / x y"},
	{"what the remover had seen stays", []string{"a - p0 create", "b a p0 add p1 admin", "c b p1 add p2 editor", "d c p0 remove p1"}, "p0:owner p2:editor"},
	{"a demoted admin who back-dates adds nobody", []string{"a - p0 create", "b a p0 add p1 admin", "c b@9 p0 role p1 editor", "x b@1 p1 add p9 editor", "y b@1 p1 remove p0"}, "p0:owner p1:editor / x y"},
	{"demoted by the owner, then removed by an admin, and back-dating", []string{"a - p0 create", "b a p0 add p1 admin", "c b p0 add p2 admin", "d c p0 role p1 editor", "e d p2 remove p1",
		"x b@1 p1 remove p1 seen d1-1:99", "y b@1 p1 add p9 reader"}, "p0:owner p2:admin / x y"},
	{"the same, once more bound by what bound before", []string{"a - p0 create", "b a p0 add p1 admin", "c b p0 add p2 admin", "d c@103 p0 role p1 editor", "e d@200 p0 rename z", "f e@201 p2 remove p1",
		"x b@150 p1 role p1 reader seen d1-1:99"}, "p0:owner p2:admin / x"},
	{"who was made owner is not bound by an admin's word at that time", []string{"a - p0 create", "b a p0 add p1 admin", "c b p0 add p2 editor", "d c@1 p0 role p2 owner", "e c@9 p1 remove p2", "f d@5 p2 add p3 editor"},
		"p0:owner p1:admin p2:owner p3:editor"},
	{"who was made admin is not bound by another admin's word at that time", []string{"a - p0 create", "b a p0 add p1 admin", "c b p0 add p2 editor", "d c@1 p0 role p2 admin", "e c@9 p1 remove p2", "f d@500 p2 add p3 reader"},
		"p0:owner p1:admin p2:admin p3:reader"},
	{"made admin at the time of an admin's demotion", []string{"a - p0 create", "b a p0 add p1 admin", "c b p0 add p2 editor", "d c@1 p0 role p2 admin", "e c@9 p1 role p2 reader"}, "p0:owner p1:admin p2:admin / e"},
	{"a removed admin cannot take the remover along", []string{"a - p0 create", "b a p0 add p1 owner", "c b p1 add p2 admin", "d c p1 remove p2", "x c@1 p2 remove p1", "y c@1 p2 role p1 reader"}, "p0:owner p1:owner / x y"},
	{"an owner who stepped down and back-dates gives nothing", []string{"a - p0 create", "b a p0 add p1 owner", "c b@9 p0 role p0 admin", "x b@1 p0 add p9 owner", "y b@2 p0 remove p1"}, "p0:admin p1:owner / x y"},
	{"someone made admin by a removed admin's word", []string{"a - p0 create", "b a p0 add p1 owner", "c b p0 remove p1", "x b p1 add p2 admin", "y x p2 add p3 editor"}, "p0:owner / x y"},
	{"of two at one time a removal is first", []string{"a - p0 create", "b a p0 add p1 owner", "c b p0 add p2 editor", "d c@5 p1 role p2 reader", "e c@9 p0 remove p2"}, "p0:owner p1:owner p2:reader"},
	{"of two roles at one time the later clock stays", []string{"a - p0 create", "b a p0 add p1 owner", "c b p0 add p2 editor", "d c@9 p1 role p2 reader", "e c@5 p0 role p2 contributor"}, "p0:owner p1:owner p2:reader"},
	{"an admin's word ends where the owner raised the person at the same time", []string{"a - p0 create", "b a p0 add p1 admin", "c b p0 add p2 editor", "d c@1 p0 role p2 owner", "e c@9 p1 role p2 reader"}, "p0:owner p1:admin p2:owner / e"},
	{"added twice at one time, the higher stays", []string{"a - p0 create", "b a p0 add p1 admin", "c b@1 p1 add p2 reader", "d b@2 p0 add p2 editor"}, "p0:owner p1:admin p2:editor"},
	{"adding a member again changes nothing", []string{"a - p0 create", "b a p0 add p1 admin", "c b p0 add p1 reader"}, "p0:owner p1:admin / c"},
	{"back after a removal", []string{"a - p0 create", "b a p0 add p1 admin", "c b p0 remove p1", "d c p0 add p1 reader", "x b@1 p1 add p9 editor"}, "p0:owner p1:reader / x"},
	{"added by an admin, made owner by the owner, and the admin goes", []string{"a - p0 create", "b a p0 add p1 admin", "c b p1 add p2 editor", "d c p0 role p2 owner", "e d p2 remove p1", "x b@1 p1 add p9 editor"}, "p0:owner p2:owner / x"},
	{"a newer record does nothing and is followed", []string{"a - p0 create", "b a p0 dance", "c b p0 add p1 editor"}, "p0:owner p1:editor / b"},
	{"what follows a record that is not here waits", []string{"a - p0 create", "c b p0 add p1 editor"}, "p0:owner"},
	{"a laptop that its person withdrew from another one says nothing more", []string{"a - p0 create", "b a p0 add p1 admin", "c b p1 device d1", "d c p1 device d8", "e d p1 withdraw p1 d1 on d8",
		"f e p1 add p2 editor", "g e p1 add p3 editor on d8"}, "p0:owner p1:admin p3:editor / f"},
	{"and back-dates in vain", []string{"a - p0 create", "b a p0 add p1 admin", "c b p1 device d1", "d c p1 device d8", "e d@9 p1 withdraw p1 d1 on d8", "x d@1 p1 add p2 editor", "y b@1 p1 remove p1"}, "p0:owner p1:admin / x y"},
	{"a withdrawn laptop withdraws no other", []string{"a - p0 create", "b a p0 add p1 editor", "c b p1 device d1", "d c p1 device d8", "e d p1 withdraw p1 d1 on d8", "x e p1 withdraw p1 d8"}, "p0:owner p1:editor / x"},
	{"nor by back-dating, where somebody above withdrew it", []string{"a - p0 create", "b a p0 add p1 editor", "c b p1 device d1", "d c p1 device d8", "e d@900 p0 withdraw p1 d1", "x d@1 p1 withdraw p1 d8"}, "p0:owner p1:editor / x"},
	{"two laptops of one person that withdraw each other at one time both go", []string{"a - p0 create", "b a p0 add p1 admin", "c b p1 device d1", "d c p1 device d8", "e d p1 withdraw p1 d1 on d8", "f d p1 withdraw p1 d8",
		"g e+f p1 add p2 editor", "h e+f p1 add p3 editor on d8"}, "p0:owner p1:admin / g h"},
	{"a laptop made with the person's keys after a withdrawal comes not in", []string{"a - p0 create", "b a p0 add p1 admin", "c b p1 device d1", "d c p1 device d8", "e d p1 withdraw p1 d1 on d8", "x e p1 device d7", "y x p1 add p2 reader on d7"},
		"p0:owner p1:admin / x y"},
	{"nor one that pretends to be older, or that no record brought in", []string{"a - p0 create", "b a p0 add p1 admin", "c b p1 device d1", "d c p1 device d8", "e d@9 p1 withdraw p1 d1 on d8", "x b@1 p1 device d7", "y x@1 p1 add p2 reader on d7",
		"z b@1 p1 add p3 reader on d6"}, "p0:owner p1:admin / x y z"},
	{"readers, editors and peers withdraw nobody else's laptop", []string{"a - p0 create", "b a p0 add p1 admin", "c b p0 add p2 admin", "d c p0 add p3 reader", "e d p1 device d1", "f e p3 withdraw p1 d1", "g f p2 withdraw p1 d1", "h g p1 withdraw p0 d0",
		"i h p1 add p4 editor"}, "p0:owner p1:admin p2:admin p3:reader p4:editor / f g h"},
	{"an admin withdraws the laptop of an editor", []string{"a - p0 create", "b a p0 add p1 admin", "c b p0 add p2 editor", "d c p2 device d2", "e d p1 withdraw p2 d2", "x e p2 remove p2"}, "p0:owner p1:admin p2:editor / x"},
	{"a laptop that the person has not cannot be withdrawn", []string{"a - p0 create", "b a p0 add p1 editor", "c b p1 device d1", "d c p0 withdraw p1 d9"}, "p0:owner p1:editor / d"},
	{"a founder withdraws a laptop of theirs from another", []string{"a - p0 create", "b a p0 device d9", "c b p0 withdraw p0 d0 on d9", "x b@1 p0 add p1 owner", "d c p0 add p2 editor on d9"}, "p0:owner p2:editor / x"},
	{"who was refused is let in by nobody with the invitation of then", []string{"a - p0 create", "b a p0 add p1 admin", "c b p0 invite s1 editor", "d c p0 refuse p9", "e d p1 add p9 editor with s1", "f e p9 device d9"}, "p0:owner p1:admin / e f"},
	{"nor by an admin who had not heard of it", []string{"a - p0 create", "b a p0 add p1 admin", "c b p1 invite s1 editor", "d c p0 refuse p9", "e c@1 p1 add p9 editor with s1", "f e p9 device d9", "g e p1 role p9 reader"}, "p0:owner p1:admin / e f g"},
	{"the invitation is still good for whom it was meant", []string{"a - p0 create", "b a p0 invite s1 editor", "c b p0 refuse p9", "d c p0 add p1 editor with s1"}, "p0:owner p1:editor"},
	{"a new invitation takes a refusal back", []string{"a - p0 create", "b a p0 invite s1 editor", "c b p0 refuse p9", "d c p0 invite s2 editor", "e d p0 add p9 editor with s2"}, "p0:owner p9:editor"},
	{"one of the same time does not", []string{"a - p0 create", "b a p0 add p1 admin", "c b p0 refuse p9", "d b p1 invite s2 editor", "e c+d p0 add p9 editor with s2"}, "p0:owner p1:admin / e"},
	{"nor does one that nobody made", []string{"a - p0 create", "b a p0 refuse p9", "c b p0 add p9 editor with s9"}, "p0:owner / c"},
	{"who knows of a refusal may let in without an invitation", []string{"a - p0 create", "b a p0 add p1 admin", "c b p0 refuse p9", "d c p1 add p9 editor", "e b@1 p1 add p9 reader"}, "p0:owner p1:admin p9:editor / e"},
	{"refused again after a new invitation", []string{"a - p0 create", "b a p0 refuse p9", "c b p0 invite s2 editor", "d c p0 refuse p9", "e c@1 p0 add p9 editor with s2"}, "p0:owner / e"},
	{"an admin's refusal does not bind an owner's yes of that time, and binds another admin's", []string{"a - p0 create", "b a p0 add p1 admin", "c b p0 add p2 admin", "d c p1 refuse p8", "e c p0 add p8 editor", "f d p1 refuse p9", "g d p2 add p9 editor"},
		"p0:owner p1:admin p2:admin p8:editor / g"},
	{"editors refuse nobody", []string{"a - p0 create", "b a p0 add p1 editor", "c b p0 invite s1 editor", "d c p1 refuse p9", "e d p0 add p9 editor with s1"}, "p0:owner p1:editor p9:editor / d"},
	{"whoever is a member stays it, and has the roles that are given", []string{"a - p0 create", "b a p0 add p1 admin", "c b p0 add p2 editor", "d c p0 refuse p2", "e c p1 role p2 reader", "f e p0 remove p2", "g f p1 role p2 editor"}, "p0:owner p1:admin / g"},
	{"a removed admin who back-dates refuses nobody", []string{"a - p0 create", "b a p0 add p1 admin", "c b p0 invite s1 editor", "d c p0 remove p1", "e d p0 add p9 editor with s1", "x c@1 p1 refuse p9"}, "p0:owner p9:editor / x"},
	{"who was refused gains nothing by signing", []string{"a - p0 create", "b a p0 invite s1 editor", "c b p0 refuse p9", "x c p9 invite s2 editor", "y x p9 add p9 editor with s2", "z x p9 remove p0"}, "p0:owner / x y z"},
	{"a leaver is closed off by an admin", []string{"a - p0 create", "b a p0 add p1 editor", "c b p1 remove p1 seen d1-1:99", "d c p0 remove p1 seen d1-1:3"}, "p0:owner"},
}

// tell makes records of a story's lines.
func tell(t testing.TB, lines []string) (records []Record) {
	t.Helper()
	for i, line := range lines {
		w := strings.Fields(line)
		follows, clock, dated := strings.Cut(w[1], "@")
		r := Record{ID: w[0], By: w[2], Device: "d" + w[2][1:], Space: "a", At: HLC(100+i) << 16, Deed: Deed(w[3])}
		if dated {
			n, err := strconv.Atoi(clock)
			if err != nil {
				t.Fatal(err)
			}
			r.At = HLC(n) << 16
		}
		follows, space, other := strings.Cut(follows, ":")
		if other {
			r.Space = space
		}
		if follows != "-" {
			r.After = strings.Split(follows, "+")
		}
		tellDeed(t, &r, append(w[4:], "", ""))
		if r.Deed == Create {
			r.Space = ""
		}
		records = append(records, r)
	}
	return records
}

func tellDeed(t testing.TB, r *Record, w []string) {
	switch r.Deed {
	case Create:
		r.Name, r.Kind, r.Epoch, r.Card, r.Device = "space", "team", "e0", "card "+r.By, "d"+r.By[1:]
	case AddMember, GiveRole:
		r.Person, r.Card, r.Role = w[0], "card "+w[0], Role(w[1])
	case Remove, Refuse:
		r.Person = w[0]
	case AddDevice:
		r.Device = w[0]
	case Withdraw:
		r.Person, r.Laptop = w[0], w[1]
	case Invite:
		r.Invite, r.Role, r.Until = w[0], Role(w[1]), 1
	case Rotate:
		r.Epoch = w[0]
	case Rename:
		r.Name = w[0]
	case Accept:
		p := strings.Split(w[0], ":")
		first, _ := strconv.ParseUint(p[1], 10, 64)
		last, _ := strconv.ParseUint(p[2], 10, 64)
		r.Ranges = []Range{{p[0], first, last}}
	}
	r.History = slices.Contains(w, "history")
	if i := slices.Index(w, "with"); i >= 0 {
		r.Invite = w[i+1]
	}
	if i := slices.Index(w, "on"); i >= 0 {
		r.Device = w[i+1]
	}
	if i := slices.Index(w, "seen"); i >= 0 {
		r.Seen = Vector{}
		for _, pair := range w[i+1:] {
			if log, n, ok := strings.Cut(pair, ":"); ok {
				r.Seen[log], _ = strconv.ParseUint(n, 10, 64)
			}
		}
	}
}

func TestStories(t *testing.T) {
	for _, tt := range stories {
		t.Run(tt.about, func(t *testing.T) {
			records := tell(t, tt.records)
			m := Judge("a", records)
			if got := summary(m); got != tt.want {
				t.Errorf("got  %s\nwant %s\n%v", got, tt.want, m.Void)
			}
			for id, why := range m.Void {
				if why == "" {
					t.Errorf("%s is void for no reason", id)
				}
			}
			slices.Reverse(records)
			if again := Judge("a", append(records, records...)); !reflect.DeepEqual(again, m) {
				t.Errorf("backwards, and given twice:\n%+v\n%+v", again, m)
			}
		})
	}
}

func summary(m Membership) string {
	var words []string
	for _, person := range slices.Sorted(maps.Keys(m.Members)) {
		if role := m.Members[person].Role; role != "" {
			words = append(words, person+":"+string(role))
		}
	}
	if len(m.Void) > 0 || len(words) == 0 {
		words = append(append(words, "/"), slices.Sorted(maps.Keys(m.Void))...)
	}
	return strings.Join(words, " ")
}

func TestWhatAMembershipTells(t *testing.T) {
	m := Judge("a", tell(t, []string{"a - p0 create", "b a p0 invite s1 editor", "c b p0 add p1 admin", "d c p1 device d1", "e d p1 rename Larkfield", "f e p1 remove p0", "g f p0 remove p1",
		"h z p0 add p2 reader", "i g p0 add p3 reader", "j e p0 device d1"}))
	if m.Name != "Larkfield" || m.Kind != "team" || !slices.Equal(m.Epochs, []string{"e0"}) || !m.NeedsRotation() {
		t.Errorf("%+v", m)
	}
	if !slices.Equal(m.Heads, []string{"i", "j"}) || !slices.Equal(m.Missing, []string{"z"}) || m.Devices["d1"] != "p1" || m.Devices["d0"] != "p0" {
		t.Errorf("heads %v, missing %v, devices %v", m.Heads, m.Missing, m.Devices)
	}
	if i := m.Invitations["s1"]; i.Role != Editor || i.ID != "b" || len(i.UsedBy) != 0 {
		t.Errorf("%+v", m.Invitations)
	}
}

func TestWhoLeftMakesAnotherKeyNeeded(t *testing.T) {
	for _, tt := range []struct {
		name    string
		records []string
		epochs  string
		want    bool
	}{
		{"nobody left", []string{"a - p0 create", "b a p0 add p1 editor history"}, "e0", false},
		{"removed", []string{"a - p0 create", "b a p0 add p1 editor history", "c b p0 remove p1"}, "e0", true},
		{"removed, and a new key after it", []string{"a - p0 create", "b a p0 add p1 editor history", "c b p0 remove p1", "d c p0 rotate e1"}, "e0 e1", false},
		{"a new key by someone who had not seen the removal", []string{"a - p0 create", "b a p0 add p1 editor history", "e b p0 add p2 admin history", "c e p0 remove p1", "d e p2 rotate e1"}, "e0 e1", true},
		{"a laptop was withdrawn", []string{"a - p0 create", "b a p0 add p1 editor history", "c b p1 device d1", "d c p0 withdraw p1 d1"}, "e0", true},
		{"a laptop was withdrawn, and a new key after it", []string{"a - p0 create", "b a p0 add p1 editor history", "c b p1 device d1", "d c p0 withdraw p1 d1", "e d p0 rotate e1"}, "e0 e1", false},
		{"let in and refused at one time", []string{"a - p0 create", "b a p0 add p1 admin history", "c b p1 add p9 editor history", "d b p0 refuse p9"}, "e0", true},
		{"let in and refused at one time, and a new key after it", []string{"a - p0 create", "b a p0 add p1 admin history", "c b p1 add p9 editor history", "d b p0 refuse p9", "e c+d p0 rotate e1"}, "e0 e1", false},
		{"refused, and let in by nobody", []string{"a - p0 create", "b a p0 refuse p9"}, "e0", false},
		{"left by themselves", []string{"a - p0 create", "b a p0 add p1 editor history", "c b p1 remove p1"}, "e0", true},
		{"back again", []string{"a - p0 create", "b a p0 add p1 editor history", "c b p0 remove p1", "d c p0 add p1 reader history"}, "e0", false},
		{"joined from now on", []string{"a - p0 create", "b a p0 add p1 editor"}, "e0", true},
		{"joined from now on, and a new key after it", []string{"a - p0 create", "b a p0 add p1 editor", "c b p0 rotate e1"}, "e0 e1", false},
		{"joined from now on, and left with the key's change", []string{"a - p0 create", "b a p0 add p1 editor", "c b p0 remove p1", "d c p0 rotate e1"}, "e0 e1", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := Judge("a", tell(t, tt.records))
			if m.NeedsRotation() != tt.want || strings.Join(m.Epochs, " ") != tt.epochs {
				t.Errorf("%v, epochs %v", m.NeedsRotation(), m.Epochs)
			}
		})
	}
}

func TestJudgements(t *testing.T) {
	begin := []string{"a - p0 create", "b a p0 add p1 editor", "c b p1 device d1"}
	for _, tt := range []struct {
		name    string
		more    []string
		log     string
		want    string // by counter 1 to 6, of kind contact: . is let in
		forNote string
	}{
		{"a member", nil, "d1-1", "......", "......"},
		{"a device that nobody knows", nil, "d7-1", "ssssss", "ssssss"},
		{"removed", []string{"d c p0 remove p1 seen d1-1:3"}, "d1-1", "...ooo", "...ooo"},
		{"removed, on a new log", []string{"d c p0 remove p1 seen d1-1:3"}, "d1-2", "oooooo", "oooooo"},
		{"a new laptop after the removal, back-dated", []string{"d c p0 remove p1 seen d1-1:3", "x b@1 p1 device d8"}, "d8-1", "oooooo", "oooooo"},
		{"made contributor", []string{"d c p0 role p1 contributor seen d1-1:2"}, "d1-1", "..nnnn", "......"},
		{"reader, then editor", []string{"d c p0 role p1 reader seen d1-1:2", "e d p0 role p1 editor seen d1-1:4"}, "d1-1", "..nn..", "..nn.."},
		{"removed and back as a reader", []string{"d c p0 remove p1 seen d1-1:1", "e d p0 add p1 reader seen d1-1:3"}, "d1-1", ".oonnn", ".oonnn"},
		{"some accepted", []string{"d c p0 remove p1 seen d1-1:1", "e d p0 accept d1-1:2:3", "f e p0 accept d1-1:5:5"}, "d1-1", "...o.o", "...o.o"},
		{"accepted though the device is unknown", []string{"d c p0 accept d7-1:1:2"}, "d7-1", "..ssss", "..ssss"},
		{"accepted by somebody who may not", []string{"d c p0 remove p1 seen d1-1:1", "e c@1 p1 accept d1-1:2:6"}, "d1-1", ".ooooo", ".ooooo"},
		{"accepted in pieces that touch", []string{"d c p0 remove p1", "e d p0 accept d1-1:1:3", "f e p0 accept d1-1:2:5"}, "d1-1", ".....o", ".....o"},
		{"accepted before the removal, which counts for what came by then", []string{"d c p0 role p1 admin", "e d p1 accept d1-1:1:9", "f e p0 remove p1 seen d1-1:2"}, "d1-1", "..oooo", "..oooo"},
		{"accepted from somebody who may write, then made reader", []string{"d c p0 accept d1-1:1:9", "e d p0 role p1 reader seen d1-1:2"}, "d1-1", "..nnnn", "..nnnn"},
		{"removed by two, the stricter holds", []string{"d c p0 add p2 owner", "e d@9 p0 remove p1 seen d1-1:2", "f d@5 p2 remove p1 seen d1-1:4"}, "d1-1", "..oooo", "..oooo"},
		{"the other way round", []string{"d c p0 add p2 owner", "e d@9 p0 remove p1 seen d1-1:4", "f d@5 p2 remove p1 seen d1-1:2"}, "d1-1", "..oooo", "..oooo"},
		{"its laptop was withdrawn", []string{"d c p0 withdraw p1 d1 seen d1-1:3"}, "d1-1", "...www", "...www"},
		{"its laptop was withdrawn, on a new log", []string{"d c p0 withdraw p1 d1 seen d1-1:3"}, "d1-2", "wwwwww", "wwwwww"},
		{"another of the person's was withdrawn", []string{"d c p1 device d8", "e d p0 withdraw p1 d8 seen d1-1:1"}, "d1-1", "......", "......"},
		{"withdrawn, and the person given more", []string{"d c p0 withdraw p1 d1 seen d1-1:3", "e d p0 role p1 admin"}, "d1-1", "...www", "...www"},
		{"withdrawn, and some accepted", []string{"d c p0 withdraw p1 d1 seen d1-1:3", "e d p0 accept d1-1:5:5"}, "d1-1", "...w.w", "...w.w"},
		{"withdrawn by two, the stricter holds", []string{"d c p0 add p2 owner", "e d p0 withdraw p1 d1 seen d1-1:2", "f d p2 withdraw p1 d1 seen d1-1:4"}, "d1-1", "..wwww", "..wwww"},
		{"accepted, and then withdrawn", []string{"d c p0 accept d1-1:1:9", "e d p0 withdraw p1 d1 seen d1-1:2"}, "d1-1", "..wwww", "..wwww"},
		{"left, and closed off", []string{"d c p1 remove p1 seen d1-1:9", "e d p0 remove p1 seen d1-1:3"}, "d1-1", "...ooo", "...ooo"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := Judge("a", tell(t, slices.Concat(begin, tt.more)))
			for kind, want := range map[string]string{"contact": tt.want, "note": tt.forNote} {
				verdict, got := m.Verdicts(mayWrite), ""
				for n := range 6 {
					v := verdict(Change{Dot: Dot{tt.log, uint64(n + 1)}, Op: OpSet, Entity: Ref{kind, "x"}})
					got += map[Verdict]string{Let: ".", Stranger: "s", Outsider: "o", NotAllowed: "n", Stolen: "w"}[v]
				}
				if got != want {
					t.Errorf("%s: %s, want %s (%+v)", kind, got, want, m.Judgement(tt.log))
				}
			}
		})
	}
}

func TestQuarantinedChangesCountAndTouchNothing(t *testing.T) {
	a, b := Author{Log: "d1-1", Schema: 1, Have: Vector{}}, Author{Log: "d0-1", Schema: 1, Have: Vector{}}
	ref := Ref{"contact", "ada"}
	one := a.Set(start, ref, "name", "let in", nil)
	two := a.Set(start, ref, "name", "too late", Register{{Dot: one.Dot}})
	b.Have = Vector{"d1-1": 2}
	three := b.Set(start, ref, "phone", "1", nil)
	m := Judge("a", tell(t, []string{"a - p0 create", "b a p0 add p1 editor", "c b p1 device d1", "d c p0 remove p1 seen d1-1:1"}))
	r := NewReplica()
	r.Judge = m.Verdicts(mayWrite)
	var history []Change
	for _, c := range []Change{three, two, one} {
		history = append(history, r.Receive(c)...)
	}
	if r.Waiting() != 0 || !maps.Equal(r.Have, Vector{"d1-1": 2, "d0-1": 1}) || !maps.Equal(r.Quarantined, map[Dot]Verdict{two.Dot: Outsider}) {
		t.Fatalf("have %v, quarantined %v, %d wait", r.Have, r.Quarantined, r.Waiting())
	}
	if e := r.Entities[ref]; e.Field("name").Shown().Value != "let in" || e.Field("phone").Shown().Value != "1" {
		t.Fatalf("%v", e)
	}
	accepted := Judge("a", append(m.Order, tell(t, []string{"a - p0 create", "e d p0 accept d1-1:2:2"})[1]))
	r.Rejudge(history, accepted.Verdicts(mayWrite))
	if e := r.Entities[ref]; e.Field("name").Shown().Value != "too late" || len(r.Quarantined) != 0 {
		t.Fatalf("%v, %v", e, r.Quarantined)
	}
}

func TestRecordsThatAreRefused(t *testing.T) {
	good := `{"space":"a","after":["b","c"],"at":"0000000000000001","deed":"add","person":"p1","card":"k","role":"editor","seen":{"d-1":3},"newer":[1]}`
	if r, err := DecodeRecord([]byte(good)); err != nil || r.Person != "p1" || r.Seen["d-1"] != 3 || len(r.After) != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	for name, change := range map[string][2]string{
		"no clock":              {`"at":"0000000000000001",`, ``},
		"a clock in capitals":   {`0000000000000001`, `000000000000000A`},
		"no deed":               {`"deed":"add",`, ``},
		"follows nothing":       {`"after":["b","c"],`, ``},
		"follows in disorder":   {`["b","c"]`, `["c","b"]`},
		"follows twice":         {`["b","c"]`, `["b","b"]`},
		"follows a null":        {`["b","c"]`, `[null,"b"]`},
		"no space":              {`"space":"a",`, ``},
		"a role that is none":   {`editor`, `king`},
		"no person":             {`"person":"p1",`, ``},
		"no card":               {`"card":"k",`, ``},
		"a name twice":          {`"person":"p1",`, `"person":"p1","person":"p0",`},
		"seen nothing of a log": {`"d-1":3`, `"d-1":0`},
		"not one line":          {`"newer"`, "\n\"newer\""},
		"create with a space":   {`"deed":"add"`, `"deed":"create"`},
		"a long text":           {`"p1"`, `"` + strings.Repeat("p", 201) + `"`},
	} {
		line := strings.Replace(good, change[0], change[1], 1)
		if r, err := DecodeRecord([]byte(line)); err == nil || line == good {
			t.Errorf("%s: %s was read as %+v", name, line, r)
		}
	}
}

func FuzzDecodeRecord(f *testing.F) {
	for _, tt := range stories {
		for _, r := range tell(f, tt.records) {
			if line, err := r.Encode(); err == nil {
				f.Add(line)
			}
		}
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		r, err := DecodeRecord(line)
		if err != nil || !r.Known() {
			return
		}
		anew, err := r.Encode()
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		again, err := DecodeRecord(anew)
		if err != nil || fmt.Sprintf("%+v", again) != fmt.Sprintf("%+v", r) {
			t.Fatalf("%s\nwritten anew as\n%s\nreads as %+v, %v", line, anew, again, err)
		}
		Judge(r.Space, []Record{r, {ID: r.Space, Deed: Create, By: "p0"}})
	})
}

// TestMembershipVectors keeps the stories as JSON for other implementations;
// docs/sharing-spaces.md says how to read them.
func TestMembershipVectors(t *testing.T) {
	type entry struct {
		ID     string          `json:"id"`
		By     string          `json:"by"`
		Device string          `json:"device"`
		Body   json.RawMessage `json:"body"`
	}
	type vector struct {
		About   string          `json:"about"`
		Space   string          `json:"space"`
		Records []entry         `json:"records"`
		Order   []string        `json:"order"`
		Members map[string]Role `json:"members"`
		Void    []string        `json:"void"`
	}
	var list []vector
	for _, tt := range stories {
		records := tell(t, tt.records)
		m := Judge("a", records)
		v := vector{About: tt.about, Space: "a", Order: []string{}, Members: map[string]Role{}, Void: slices.AppendSeq([]string{}, maps.Keys(m.Void))}
		slices.Sort(v.Void)
		for _, r := range records {
			body, err := r.Encode()
			if !r.Known() {
				body, err = []byte(`{"space":"a","after":["a"],"at":"0000000000650000","deed":"dance"}`), nil
			}
			if err != nil {
				t.Fatal(err)
			}
			v.Records = append(v.Records, entry{r.ID, r.By, r.Device, body})
		}
		for _, r := range m.Order {
			v.Order = append(v.Order, r.ID)
		}
		for person, member := range m.Members {
			if member.Role != "" {
				v.Members[person] = member.Role
			}
		}
		list = append(list, v)
	}
	got, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	const file = "testdata/membership.json"
	if os.Getenv("UPDATE") == "1" {
		if err := os.WriteFile(file, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(file); err != nil || string(want) != string(got)+"\n" {
		t.Errorf("%s is not what the stories give; UPDATE=1 writes it anew: %v", file, err)
	}
}
